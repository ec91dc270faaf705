#!/usr/bin/perl
# Published data against counts of our own, made here from the JSON by other means: which sums fail, and at which lines
# and columns. The reduced files in fixtures/ are always checked; the whole ones where ../shared/data stands beside the
# repository.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp qw(tempdir);
use JSON::PP;
use List::Util qw(sum);
use Test::More;

my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $dir = tempdir(CLEANUP => 1);
my $shared = root() . '/../shared/data';

# The report of `crossfoot check`.
sub report_of
{
    my (%run) = @_;
    my $run = run_command(dir => root(), %run, argv => ['check', '--no-config', '-f', 'json', @{$run{argv}}]);
    is $run->{status}, $run{expected}, "$run{name}: status $run{expected}" or diag $run->{stderr};
    return $json->decode($run->{stdout});
}

# A finding in one line: the rule, the context, each term with its place.
sub found
{
    my ($report) = @_;
    my @lines;
    for my $verdict (grep { $_->{verdict} eq 'inconsistent' } @{$report->{verdicts}}) {
        my $rule = $verdict->{rule} =~ s{.*/}{}r;
        my $context = join ',', map { $verdict->{context}{$_} } sort keys %{$verdict->{context}};
        my @terms = map { "$_->{place}{line}:$_->{place}{column}=$_->{value}" } @{$verdict->{terms}};
        push @lines, join ' ', $rule, $context, sort @terms;
    }
    return sort @lines;
}

sub is_same_list
{
    my ($got, $expected, $name) = @_;
    is_text join('', map { "$_\n" } @{$got}), join('', map { "$_\n" } @{$expected}), $name;
}

# ---- The bulletins of the Italian civil protection ----

my %SUMS = (
    hospitalised => [qw(ricoverati_con_sintomi terapia_intensiva totale_ospedalizzati)],
    positive => [qw(totale_ospedalizzati isolamento_domiciliare totale_positivi)],
    cases => [qw(totale_positivi dimessi_guariti deceduti totale_casi)],
);

# The nth "member": value of a text is the nth bulletin's, as each has each member once.
sub places_of
{
    my ($text, $member) = @_;
    my ($line, $from, @places) = (1, 0);
    while ($text =~ /"$member"\s*:\s*(-?\d+)/g) {
        my $start = $-[1];
        $line += substr($text, $from, $start - $from) =~ tr/\n//;
        $from = $start;
        push @places, "$line:" . ($start - rindex($text, "\n", $start)) . "=$1";
    }
    return \@places;
}

sub recount
{
    my ($text) = @_;
    my @days = @{$json->decode($text)};
    my %places = map { $_ => places_of($text, $_) } 'nuovi_positivi', map { @{$_} } values %SUMS;
    my ($judged, @lines) = (0);
    for my $i (0 .. $#days) {
        my $day = $days[$i];
        for my $rule (keys %SUMS) {
            my @members = @{$SUMS{$rule}};
            $judged++;
            next if sum(@{$day}{@members[0 .. $#members - 1]}) == $day->{$members[-1]};
            push @lines, join ' ', $rule, $day->{data}, sort map { $places{$_}[$i] } @members;
        }
        next if !$i;
        $judged++;
        next if $day->{totale_casi} - $days[$i - 1]{totale_casi} == $day->{nuovi_positivi};
        push @lines, join ' ', 'new-cases', $day->{data},
            sort $places{totale_casi}[$i - 1], $places{totale_casi}[$i], $places{nuovi_positivi}[$i];
    }
    return ($judged, sort @lines);
}

sub check_bulletins
{
    my ($path) = @_;
    my $report = report_of(name => $path, expected => 1,
                           argv => ['--shape', 'fixtures/covid-italy/shape.json',
                                    '--rules', 'fixtures/covid-italy/rules.json', $path]);
    my ($judged, @expected) = recount(slurp($path =~ m{^/} ? $path : root() . "/$path"));
    cmp_ok scalar @expected, '>', 0, "$path: some sums fail";
    is_same_list([found($report)], \@expected, "$path: these fail, at these places, and nothing else does");
    is $report->{coverage}{judged}, $judged, "$path: all is judged";
    return $report;
}

cmp_ok scalar(split /\n/, slurp(root() . '/fixtures/covid-italy/shape.json')), '<=', 10, 'the shape has ten lines at most';
check_bulletins("fixtures/covid-italy/bulletins-$_.json") for qw(2020-02 2021-11);
SKIP: {
    my $path = "$shared/covid-italy-national.json";
    skip 'the whole of the bulletins is not here', 6 if !-e $path;
    my ($first) = grep { /^hospitalised/ } found(check_bulletins($path));
    is $first, 'hospitalised 2020-02-25T18:00:00 31:30=114 32:25=35 33:28=150', 'the first is 114 + 35 ≠ 150';
    my ($judged, @failing) = recount(slurp($path));
    my %counts = (judged => $judged);
    $counts{(split / /)[0]}++ for @failing;
    is_deeply \%counts, {judged => 7123, hospitalised => 1, positive => 2, cases => 13, 'new-cases' => 1033}, 'so many fail';
}

# ---- The second round of 2017, by commune ----

my @ELECTION = ('--rules', 'fixtures/elections/rules.json', '-');

sub check_elections
{
    my ($path, $communes) = @_;
    my $report = report_of(name => $path, expected => 0, argv => \@ELECTION, stdin => $path);
    is $report->{coverage}{judged}, 3 * $communes, "$path: three verdicts a commune";
    is_same_list([found($report)], [], "$path: all hold");
}

check_elections(root() . '/fixtures/elections/communes.ndjson', 5);
SKIP: {
    my $path = "$shared/elections-communes.ndjson.gz";
    skip 'the whole of the election is not here', 3 if !-e $path;
    system("gzip -dc '$path' > '$dir/communes.ndjson'") == 0 or die "gzip: $?\n";
    check_elections("$dir/communes.ndjson", 5000);
}

# ---- A budget with ten seeded errors ----

# Where each number of the grids stands: what differs between two files of the same lines are the seeded errors.
sub cells_of
{
    my ($path) = @_;
    my ($line, %cells) = (0);
    for my $text (split /\n/, slurp(root() . "/$path")) {
        $line++;
        my $index = 0;
        utf8::decode($text);
        while ($text =~ /(?<=[\s\[])([0-9]+)(?=[,\]}])/g) {
            $cells{$line . '#' . $index++} = {place => "$line:" . ($-[1] + 1), value => $1};
        }
    }
    return \%cells;
}

sub check_budget
{
    my ($clean, $broken) = map { cells_of("fixtures/budget/$_.json") } qw(budget errors);
    my @seeds = map { "$broken->{$_}{place}=$broken->{$_}{value}" }
        grep { $clean->{$_}{value} != $broken->{$_}{value} } sort keys %{$broken};
    is scalar @seeds, 10, 'ten cells differ';
    my $report = report_of(name => 'budget', expected => 1,
                           argv => ['--rules', 'fixtures/budget/rules.json', 'fixtures/budget/errors.json']);
    my @findings = map { [grep { /^[0-9]+:/ } split / /] } found($report);
    for my $seed (@seeds) {
        my %common;
        my @with = grep { my @terms = @{$_}; grep { $_ eq $seed } @terms } @findings;
        $common{$_}++ for map { @{$_} } @with;
        my @in_all = grep { $common{$_} == @with } sort keys %common;
        is_deeply \@in_all, [$seed], "the sums that fail meet in the cell $seed";
    }
    my %seeded = map { $_ => 1 } @seeds;
    my @others = grep { my @terms = @{$_}; !grep { $seeded{$_} } @terms } @findings;
    is scalar @others, 0, 'no other sum fails';
}

check_budget();
done_testing;
