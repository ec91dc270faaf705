#!/usr/bin/perl
# Passages whose relations are known: press releases, bulletins and results as French and English write them, of our own
# invention, about one relation in eight wrong by a usual slip, one passage in six with figures that only look related.
# They are checked with no rule, and what must hold is a rate: of the relations found, judged rightly, of the wrong
# ones caught, and the number of false alarms.
#
#     perl t/0640-passages.t FILE      scores a file of passages and shows each miss (PASSAGES_SHOW=1 does so for all)
#
# A file is a list of {"id", "lang", "text", "figures": [{"id", "text", "start" in characters}], "relations": [{"kind",
# "check" over the figures, "holds": true | "within rounding" | false}]}. A relation is found when one verdict's terms
# are exactly its figures, and judged rightly when that verdict agrees. An alarm is an inconsistent verdict of severity
# error or warning; it is false unless its figures are those of a relation that does not hold.
use strict;
use warnings;
use Encode qw(encode_utf8);
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp ();
use JSON::PP qw(decode_json);
use Test::More;

# What each file reaches at least, in percent, and how many false alarms it may raise.
my %LEVEL = (
    'passages-a' => {found => 82, right => 82, caught => 80, alarms => 0},
    'passages-b' => {found => 76, right => 76, caught => 62, alarms => 0},
    'passages-c' => {found => 68, right => 68, caught => 50, alarms => 0},
);

my $show = $ENV{PASSAGES_SHOW} // @ARGV;
my $dir = File::Temp->newdir;

# The spans of a passage's figures, in bytes.
sub spans_of
{
    my ($passage) = @_;
    my %span;
    for my $figure (@{$passage->{figures}}) {
        my $start = length encode_utf8(substr $passage->{text}, 0, $figure->{start});
        $span{$figure->{id}} = [$start, $start + length encode_utf8($figure->{text})];
    }
    return \%span;
}

sub figures_of
{
    my ($relation, $span) = @_;
    my %named = map { $_ => 1 } $relation->{check} =~ /\bf[0-9]+\b/g;
    return map { $span->{$_} } sort keys %named;
}

sub overlap
{
    my ($a, $b) = @_;
    return $a->[0] < $b->[1] && $b->[0] < $a->[1];
}

# Each figure is touched by a term of the verdict, and each term touches a figure.
sub same_figures
{
    my ($verdict, @figures) = @_;
    my @terms = map { [@{$_->{place}}{qw(start end)}] } grep { defined $_->{place}{start} } @{$verdict->{terms} // []};
    my $missed = grep { my $figure = $_; !grep { overlap($_, $figure) } @terms } @figures;
    my $stray = grep { my $term = $_; !grep { overlap($_, $term) } @figures } @terms;
    return !$missed && !$stray;
}

sub verdicts_of
{
    my ($passage) = @_;
    spew("$dir/passage.txt", encode_utf8("$passage->{text}\n"));
    my $run = run_command(argv => ['check', '--all', '-f', 'json', '--lang', $passage->{lang}, "$dir/passage.txt"]);
    my $report = $run->{status} =~ /^[01]$/ ? eval { decode_json($run->{stdout}) } : undef;
    return $report && $report->{verdicts};
}

sub is_alarm
{
    my ($verdict) = @_;
    return $verdict->{verdict} eq 'inconsistent' && ($verdict->{severity} // '') =~ /^(?:error|warning)$/;
}

sub miss
{
    my ($passage, $text) = @_;
    diag encode_utf8("$passage->{id}: $text\n    $passage->{text}") if $show;
}

sub score_relation
{
    my ($score, $passage, $relation, $verdicts, @figures) = @_;
    my $fails = !$relation->{holds};
    my @same = grep { same_figures($_, @figures) } @$verdicts;
    my $right = grep { $fails ? $_->{verdict} eq 'inconsistent' : $_->{verdict} =~ /^(?:exact|rounding)$/ } @same;
    $score->{relations}++;
    $score->{failing} += $fails;
    $score->{found} += @same > 0;
    $score->{right} += $right > 0;
    $score->{caught} += $fails && $right > 0;
    my $judged = join(', ', map { $_->{verdict} } @same) || 'not found';
    miss($passage, "$relation->{kind} $relation->{expr} " . ($fails ? 'FAILS' : 'holds') . " -> $judged") if !$right;
}

sub score_alarms
{
    my ($score, $passage, $verdicts, @failing) = @_;
    for my $alarm (grep { is_alarm($_) } @$verdicts) {
        next if grep { same_figures($alarm, @$_) } @failing;
        $score->{alarms}++;
        miss($passage, "FALSE ALARM $alarm->{rule}: " . ($alarm->{sum} // $alarm->{message} // ''));
    }
}

sub score_file
{
    my ($passages) = @_;
    my %score = map { $_ => 0 } qw(relations found right failing caught alarms unread);
    for my $passage (@$passages) {
        my $verdicts = verdicts_of($passage);
        if (!$verdicts) {
            $score{unread}++;
            miss($passage, 'no report');
        }
        my $span = spans_of($passage);
        my @failing;
        for my $relation (@{$passage->{relations}}) {
            my @figures = figures_of($relation, $span);
            push @failing, \@figures if !$relation->{holds};
            score_relation(\%score, $passage, $relation, $verdicts // [], @figures);
        }
        score_alarms(\%score, $passage, $verdicts // [], @failing);
    }
    return \%score;
}

# A figure that is not where its passage says would make every rate meaningless.
sub misplaced
{
    my ($passages) = @_;
    my @wrong;
    for my $passage (@$passages) {
        my %known = map { $_->{id} => substr($passage->{text}, $_->{start}, length $_->{text}) eq $_->{text} }
            @{$passage->{figures}};
        my @named = map { $_->{check} =~ /\bf[0-9]+\b/g } @{$passage->{relations}};
        push @wrong, $passage->{id} if grep { !$known{$_} } keys %known, @named;
    }
    return "@wrong";
}

sub percent { return $_[1] ? 100 * $_[0] / $_[1] : 100 }

sub is_at_least
{
    my ($got, $of, $level, $name) = @_;
    my $rate = percent($got, $of);
    ok $rate >= $level, sprintf '%s: %d of %d, %.1f %%, at least %d %%', $name, $got, $of, $rate, $level;
}

sub test_file
{
    my ($path, $level) = @_;
    my $passages = decode_json(slurp($path));
    is misplaced($passages), '', 'each figure stands where its passage says';
    my $score = score_file($passages);
    is $score->{unread}, 0, 'each passage has a report';
    is_at_least($score->{found}, $score->{relations}, $level->{found}, 'relations found');
    is_at_least($score->{right}, $score->{relations}, $level->{right}, 'judged right');
    is_at_least($score->{caught}, $score->{failing}, $level->{caught}, 'wrong ones caught');
    ok $score->{alarms} <= $level->{alarms}, "false alarms: $score->{alarms}, at most $level->{alarms}";
}

if (@ARGV) {
    test_file($_, {found => 0, right => 0, caught => 0, alarms => 0}) for @ARGV;
} else {
    for my $name (sort keys %LEVEL) {
        subtest $name => sub { test_file(root() . "/fixtures/claims/$name.json", $LEVEL{$name}) };
    }
}
done_testing;
