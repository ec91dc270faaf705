# Ten editions of an annual report, made so that all agree, with contradictions seeded where the caller wants them.
#
#     my $editions = editions(sub { my ($figure) = @_; $figure->{value}++ if ... });
#     write_editions($dir, $editions);              # bilan-2015.json … bilan-2024.json, and regles.json
#
# Each prints figures of its own year, of last year and of three years ago, a table by region with last year's column,
# a figure that adds up since 2010, and one that is the same in all editions. What was printed again is now and then
# rounded in another way, or restated and marked so.
package Editions;

use strict;
use warnings;
use utf8;
use Crossfoot;
use Exporter qw(import);
use JSON::PP;

our @EXPORT = qw(@YEARS editions contradictions random_contradictions write_editions);

our @YEARS = (2015 .. 2024);
my @REGIONS = qw(Bretagne Corse Normandie Occitanie Bourgogne Alsace Lorraine);

# The true values.
sub rural { my ($year) = @_; return 500 + ($year * 37) % 211 }
sub urban { my ($year) = @_; return 300 + ($year * 53) % 173 }
sub by_region { my ($region, $year) = @_; return 20 + (length($region) * $year * 17) % 331 }
sub projects { my ($year) = @_; return 1000 * ($year - 2009) + ($year * 7) % 13 }
sub budget { my ($year) = @_; return 40 + ($year * 29) % 17 + 0.37 }

sub french { my ($number, $places) = @_; return sprintf("%.${places}f", $number) =~ tr/./,/r . ' M€' }

sub figure
{
    my ($edition, $id, $year, $value, %more) = @_;
    return {id => $id, value => $value, dims => {period => "$year"}, edition => $edition, %more};
}

sub edition
{
    my ($year) = @_;
    my ($last, $old) = ($year - 1, $year - 3);
    my @figures = (
        (map { figure($year, 'shops.rural', $_, rural($_)) } $year, $last),
        figure($year, 'shops.urban', $year, urban($year)),
        (map { figure($year, 'shops.total', $_, rural($_) + urban($_)) } $year, $last, $old),
        (map { figure($year, 'projects', $_, projects($_), label => 'projets soutenus depuis 2010') } $year, $last),
        figure($year, 'budget', $year, french(budget($year), 1)),
        figure($year, 'budget', $last, french(budget($last), 2)),
        figure($year, 'founded', '*', 2010),
    );
    for my $of ($year, $last) {
        push @figures, map { {%{figure($year, 'aid', $of, by_region($_, $of))}, dims => {period => "$of", region => $_}} } @REGIONS;
    }
    # What was found out later.
    $_->{value} += 12, $_->{was} = [{value => rural(2018), in => 'bilan-2018'}] for grep { is_of($_, 2019, 'shops.rural', 2018) } @figures;
    $_->{value} -= 5, $_->{status} = 'revised' for grep { is_of($_, 2021, 'shops.total', 2020) } @figures;
    $_->{value} -= 5 for grep { is_of($_, 2023, 'shops.total', 2020) } @figures;
    return \@figures;
}

sub is_of
{
    my ($figure, $edition, $id, $period) = @_;
    return $figure->{edition} == $edition && $figure->{id} eq $id && $figure->{dims}{period} eq $period;
}

sub editions
{
    my ($change) = @_;
    my %editions = map { ($_ => edition($_)) } @YEARS;
    $change->($_) for map { @{$editions{$_}} } @YEARS;
    return \%editions;
}

# Changes that contradict, one of each kind and more, and the findings that must come of them: rule, file, other file, sum.
sub contradictions
{
    my $region = sub { ($_[0]{dims}{region} // '') eq $_[1] };
    my $change = sub {
        my ($f) = @_;
        $f->{value}++ if is_of($f, 2016, 'shops.urban', 2016);
        $f->{value} += 9 if is_of($f, 2017, 'shops.total', 2016);
        $f->{value} += 100 if is_of($f, 2018, 'aid', 2018) && $region->($f, 'Bretagne');
        $f->{value} -= 27 if is_of($f, 2020, 'shops.total', 2017);
        $f->{value} = projects(2020) - 40 if $f->{id} eq 'projects' && $f->{dims}{period} eq '2021';
        $f->{value} = by_region($f->{dims}{region}, 2022) if $f->{id} eq 'aid' && $f->{dims}{period} eq '2023';
        $f->{value} = 2011 if is_of($f, 2024, 'founded', '*');
    };
    my $total = sub { rural($_[0]) + urban($_[0]) };
    my @expected = (
        ['editions/sum', 2016, undef, sprintf('%d + %d = %d ≠ %d', rural(2016), urban(2016) + 1, $total->(2016) + 1, $total->(2016))],
        ['crossfoot/across-last-year', 2016, 2017, sprintf('%d ≠ %d', $total->(2016), $total->(2016) + 9)],
        ['crossfoot/across-last-year', 2018, 2019, sprintf('%d ≠ %d', by_region('Bretagne', 2018) + 100, by_region('Bretagne', 2018))],
        ['crossfoot/across-figure', 2017, 2020, sprintf('%d ≠ %d', $total->(2017), $total->(2017) - 27)],
        ['crossfoot/across-cumulative', 2020, 2021, sprintf('%d > %d', projects(2020), projects(2020) - 40)],
        ['crossfoot/across-repeat', 2022, 2023, sprintf('%1$d = %1$d', by_region('Bretagne', 2022))],
        ['crossfoot/across-figure', 2015, 2024, '2010 ≠ 2011'],
    );
    return ($change, @expected);
}

# Changes at random, by a seed: of some figures that several editions print, one printing each. Each must be found, once.
# Left out are those that are restated, which may differ, and what adds up, which a change may make fall as well.
sub random_contradictions
{
    my ($seed, $count) = @_;
    my (%printings, %changed);
    srand $seed;
    for my $figure (map { @$_ } map { edition($_) } @YEARS) {
        next if $figure->{id} !~ /^(?:aid|shops\.(?:rural|total))$/ || $figure->{dims}{period} =~ /^20(?:18|20)$/;
        push @{$printings{join ' ', $figure->{id}, map { $figure->{dims}{$_} // '' } qw(period region)}}, $figure->{edition};
    }
    my @several = grep { @{$printings{$_}} > 1 } sort keys %printings;
    for (1 .. $count) {
        my ($key) = splice @several, rand @several, 1;
        $changed{$key} = $printings{$key}[rand @{$printings{$key}}];
    }
    my $change = sub {
        my ($figure) = @_;
        my $key = join ' ', $figure->{id}, map { $figure->{dims}{$_} // '' } qw(period region);
        $figure->{value} += 1 + int rand 9 if ($changed{$key} // 0) == $figure->{edition};
    };
    return ($change, sort keys %changed);
}

my $json = JSON::PP->new->utf8->canonical;

sub write_editions
{
    my ($dir, $editions) = @_;
    for my $year (sort keys %$editions) {
        my @figures = map { my %kept = %$_; delete $kept{edition}; \%kept } @{$editions->{$year}};
        my $lines = join ",\n", map { '  ' . $json->encode($_) } @figures;
        spew("$dir/bilan-$year.json", qq({"dataset": "bilan-$year", "lang": "fr", "dims": {"period": "$year"}, "figures": [\n$lines\n]}\n));
    }
    return;
}

1;
