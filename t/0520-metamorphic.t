#!/usr/bin/perl
# What must never change a verdict: the order of figures, rules and files; the scale of units (euros told as thousands
# of euros); the names of figures and dims. Random dossiers are checked as they are and changed, and the verdicts
# compared. METAMORPHIC_COUNT is the number of dossiers, SEED the first of their seeds.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp ();
use JSON::PP ();
use List::Util qw(shuffle);
use Test::More;

my $count = $ENV{METAMORPHIC_COUNT} // 12;
my $first = $ENV{SEED} // 1;
my $json = JSON::PP->new->canonical->allow_bignum;

sub pick { return $_[int rand @_] }

# Counts, hedged and not; percentages; money in euros, with what its digits stand for told outright.
sub random_figure
{
    my ($id) = @_;
    my %figure = (id => $id);
    if ($id =~ /^money/) {
        $figure{value} = int(rand 60) * pick(100, 250, 1000);
        $figure{unit} = '€';
        $figure{pick('exact', 'decimals')} = 1;
        $figure{$_} = $_ eq 'exact' ? JSON::PP::true : pick(-2, -3, 0) for grep { exists $figure{$_} } qw(exact decimals);
    } elsif ($id =~ /^rate/) {
        $figure{value} = pick(sprintf('%d %%', rand 30), sprintf('%d,%d %%', rand 30, rand 10));
    } else {
        my $value = int rand 12;
        $figure{value} = pick($value, $value, "environ $value", "plus de $value", 'moins de ' . ($value + 1), undef);
    }
    my %dims = (period => pick(2022 .. 2024, '*'), region => pick('Bretagne', 'Corse', 'Corse', '*'));
    delete $dims{$_} for grep { rand() < 0.3 } keys %dims;
    $figure{dims} = \%dims;
    return \%figure;
}

my @checks = (
    'count.a + count.b = count.c',
    'count.a <= count.b',
    'count.a - count.b < count.c or count.a = 3',
    'count.a >= count.a[period=previous]',
    'count.a <= count.a[region=total]',
    'sum(count.a over region) >= count.c',
    'sum(count.a * count.b over region, period) >= 5',
    'share(count.a; count.b) <= rate.a',
    'money.a + money.b = money.c',
    'money.a <= money.b within 10 %',
    'money.a = money.b within 3000 €',
    'growth(money.a; money.b) >= rate.b',
    'money.a / count.a <= money.b',
    'max(money.a; money.b; money.c) > 10000 €',
    'sum(money.a over period) <= money.c',
    'if rate.a > rate.b then count.a > count.b',
    'rate.a - rate.b <= 5 points',
    'not (@period = "2023" and count.a != count.b within 1)',
);

sub random_dossier
{
    my @ids = map { my $kind = $_; map { "$kind.$_" } qw(a b c) } qw(count money rate);
    my @figures = map { random_figure(pick(@ids)) } 1 .. 30;
    my @rules = map { {id => "r$_", check => $checks[$_], optional => JSON::PP::true} } 0 .. $#checks;
    return {figures => \@figures, rules => \@rules};
}

# Its verdicts, as sorted lines: rule, context, verdict.
sub verdicts
{
    my ($dossier) = @_;
    my $dir = File::Temp->newdir;
    my @figures = @{$dossier->{figures}};
    my $half = int(@figures / 2);
    spew("$dir/1.json", $json->encode({dataset => 'one', lang => 'fr', figures => [@figures[0 .. $half - 1]]}));
    spew("$dir/2.json", $json->encode({dataset => 'two', lang => 'fr', figures => [@figures[$half .. $#figures]]}));
    spew("$dir/rules.json", $json->encode({pack => 'm', lang => 'fr', rules => $dossier->{rules}}));
    my $run = run_command(dir => "$dir",
                          argv => [qw(check --no-config --all --unchecked -f json --rules rules.json 1.json 2.json)]);
    like $run->{status}, qr/^[01]$/, 'is checked' or diag $run->{stderr};
    my $report = $json->decode($run->{stdout});
    return map {
        my $verdict = $_;
        my $context = join ',', map { "$_=$verdict->{context}{$_}" } sort keys %{$verdict->{context}};
        "$verdict->{rule} {$context} $verdict->{verdict}";
    } @{$report->{verdicts}};
}

sub copy { return $json->decode($json->encode($_[0])) }

sub reorder
{
    my ($dossier) = @_;
    $dossier->{$_} = [shuffle @{$dossier->{$_}}] for qw(figures rules);
    return $dossier;
}

# A thousand euros are one k€. Literals keep their own unit.
sub rescale
{
    my ($dossier) = @_;
    for my $figure (grep { $_->{unit} } @{$dossier->{figures}}) {
        $figure->{value} = sprintf('%.3f', $figure->{value} / 1000) + 0;
        $figure->{unit} = 'k€';
    }
    return $dossier;
}

my %names = (count => 'effectif', money => 'budget', rate => 'taux', a => 'z', b => 'année', c => 'c_1',
             period => 'an', region => 'lieu');

sub rename_words
{
    my ($text) = @_;
    $text =~ s/\b(count|money|rate)\.([abc])\b/$names{$1}.$names{$2}/g;
    $text =~ s/\b(period|region)\b/$names{$1}/g;
    return $text;
}

sub rename_all
{
    my ($dossier) = @_;
    $_->{check} = rename_words($_->{check}) for @{$dossier->{rules}};
    for my $figure (@{$dossier->{figures}}) {
        $figure->{id} = rename_words($figure->{id});
        $figure->{dims} = {map { $names{$_} => $figure->{dims}{$_} } keys %{$figure->{dims}}};
    }
    return $dossier;
}

for my $seed ($first .. $first + $count - 1) {
    srand $seed;
    my $dossier = random_dossier();
    my @expected = sort(verdicts($dossier));
    my %changes = (order => \&reorder, scale => \&rescale, names => \&rename_all);
    for my $change (sort keys %changes) {
        my @got = sort(verdicts($changes{$change}->(copy($dossier))));
        my @wanted = $change eq 'names' ? sort(map { rename_words($_) } @expected) : @expected;
        is_text join("\n", @got, ''), join("\n", @wanted, ''), "SEED=$seed: the $change is all the same";
    }
}

done_testing;
