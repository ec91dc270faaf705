# An annual report of some 200 pages with 50 tables, made by chance from a seed: the same on every machine.
#
#     my $report = AnnualReport->new(seed => 7, lang => 'fr', errors => 30);
#     $report->{html};                                # bytes
#     $report->{errors}[0] is {start, end, right, wrong, mode}: bytes of the html, what should stand there, what does
package AnnualReport;

use strict;
use warnings;
use utf8;
use Encode qw(encode);
use List::Util qw(sum0);

# Numbers are whole, in units of their last digit: {n => 1234, places => 1} is 123.4.
my %WORDS = (
    fr => {
        total    => ['Total', 'Ensemble', 'TOTAL', 'Total général'],
        subtotal => 'Sous-total',
        share    => ['Part (%)', 'En % du total', 'Répartition (%)', '%'],
        change   => ['Évolution (%)', 'Variation (%)', 'Évol. 2023/2024 (%)'],
        diff     => ['Écart', 'Différence', 'Évolution'],
        of_which => 'dont',
        mean     => 'Moyenne',
        index    => 'Indice (base 100 en 2015)',
        rank     => 'Rang',
        sexes    => ['Hommes', 'Femmes'],
        label    => 'Libellé',
        money    => ['en k€', 'en milliers d’euros', 'en M€'],
        places   => [qw(Bretagne Corse Normandie Occitanie Alsace Auvergne Bourgogne Centre Picardie Lorraine Limousin
                Aquitaine Poitou Savoie Provence Champagne)],
        items => ['Achats de fournitures', 'Charges de personnel', 'Subventions versées', 'Entretien des bâtiments',
            'Énergie et fluides', 'Études et conseil', 'Frais de mission', 'Communication', 'Informatique',
            'Formation des agents', 'Assurances', 'Loyers et charges', 'Amortissements', 'Autres postes'],
        heads => ['Nature', 'Poste', 'Territoire', 'Région'],
        sentences => [
            'Le service a poursuivi la modernisation de ses outils et de ses méthodes de travail',
            'Les équipes de terrain ont accompagné les collectivités dans la conduite de leurs projets',
            'La direction a engagé une réflexion sur la qualité de l’accueil des usagers',
            'Le comité de pilotage s’est réuni à plusieurs reprises dans les locaux de la préfecture',
            'Les partenaires ont salué la simplicité des démarches et la clarté des documents',
            'Une attention particulière a été portée aux publics les plus éloignés des services',
            'Les tableaux de ce chapitre présentent les principales données de l’exercice',
            'Le bilan complet est disponible sur demande auprès du secrétariat général',
        ],
    },
    en => {
        total    => ['Total', 'All', 'TOTAL', 'Grand total'],
        subtotal => 'Subtotal',
        share    => ['Share (%)', 'Percentage of total', '% of total', '%'],
        change   => ['Change (%)', '% change', 'Growth (%)'],
        diff     => ['Change', 'Difference'],
        of_which => 'of which',
        mean     => 'Average',
        index    => 'Index (2015 = 100)',
        rank     => 'Rank',
        sexes    => ['Men', 'Women'],
        label    => 'Item',
        money    => ['£k', 'in £ thousand', 'in £ million'],
        places   => [qw(Kent Essex Surrey Devon Dorset Norfolk Suffolk Cornwall Rutland Durham Cumbria Cheshire Sussex
                Somerset Wiltshire Shropshire)],
        items => ['Office supplies', 'Staff costs', 'Grants paid', 'Building maintenance', 'Energy', 'Consultancy',
            'Travel', 'Communications', 'Computing', 'Staff training', 'Insurance', 'Rents', 'Depreciation', 'Other'],
        heads     => ['Type', 'Line', 'Area', 'County'],
        sentences => [
            'The department went on to modernise its tools and its ways of working',
            'Teams on the ground supported the councils in the conduct of their projects',
            'The board began to think about the quality of what users are offered',
            'The steering group met several times at the offices of the department',
            'Partners praised the simple procedures and the clear documents',
            'Much care was given to those who live far from public services',
            'The tables of this chapter show the main data of the year',
            'The full report can be had from the office of the secretary',
        ],
    },
);

sub new
{
    my ($class, %option) = @_;
    my $self = bless {state => $option{seed} * 7919 + 17, words => $WORDS{$option{lang}}, lang => $option{lang}}, $class;
    my @tables = map { $self->table($_) } 1 .. 50;
    $self->spoil(\@tables, $option{errors} // 0);
    $self->write(\@tables);
    return $self;
}

# A generator of its own (Park and Miller), for the same reports everywhere.
sub below { my ($self, $n) = @_; $self->{state} = $self->{state} * 48271 % 2147483647; return $self->{state} % $n }
sub pick { my ($self, @list) = @_; return $list[$self->below(scalar @list)] }

sub some
{
    my ($self, $count, @list) = @_;
    return map { splice @list, $self->below(scalar @list), 1 } 1 .. $count;
}

sub quotient    # rounded half away from zero
{
    my ($above, $below) = @_;
    my $sign = $above < 0 ? -1 : 1;
    return $sign * int((2 * abs($above) + $below) / (2 * $below));
}

# ---- tables: {heads => [[cell …] …], rows => [[cell …] …], caption} ----

sub head  { my ($text, %more) = @_; return {text => $text, head => 1, %more} }
sub count { my ($n,    %more) = @_; return {n    => $n,    places => 0, %more} }
sub total { my ($n,    %more) = @_; return {n    => $n,    places => 0, seed => 'total', %more} }
sub percent { my ($n, $places, %more) = @_; return {n => $n, places => $places, seed => 'percent', %more} }

sub amount { my ($self) = @_; return 20 + $self->below($self->pick(400, 4000, 90_000, 900_000)) }

sub series { my ($self, $count) = @_; my $size = $self->pick(900, 9000, 90_000, 900_000);
    return map { int($size / 20) + $self->below($size) } 1 .. $count }

sub names
{
    my ($self, $count) = @_;
    return $self->some($count, @{$self->pick($self->{words}{places}, $self->{words}{items})});
}

# Years with totals and a change; the total may stand first.
sub table_of_years
{
    my ($self) = @_;
    my $w     = $self->{words};
    my @names = $self->names(3 + $self->below(9));
    my @old   = $self->series(scalar @names);
    my @new   = map { int($_ * (85 + $self->below(30)) / 100) + $self->below(9) } @old;
    my $diff  = $self->below(2);
    my @rows  = map { [head($names[$_]), count($old[$_]), count($new[$_])] } 0 .. $#names;
    my $all   = [head($self->pick(@{$w->{total}})), total(sum0 @old), total(sum0 @new)];
    if   ($self->below(4)) { push @rows, $all }
    else                   { unshift @rows, $all }
    for my $row (@rows) {
        my ($a, $b) = map { $_->{n} } @$row[1, 2];
        push @$row, count($b - $a, signed => 1) if $diff;
        push @$row, percent(quotient(1000 * ($b - $a), $a), 1, signed => $self->below(2));
    }
    my @heads = (head($self->pick(@{$w->{heads}})), head('2023'), head('2024'));
    push @heads, head($self->pick(@{$w->{diff}})) if $diff;
    return {heads => [[@heads, head($self->pick(@{$w->{change}}))]], rows => \@rows};
}

# Numbers with their shares.
sub table_of_shares
{
    my ($self) = @_;
    my $w      = $self->{words};
    my @names  = $self->names(3 + $self->below(8));
    my @values = $self->series(scalar @names);
    my $sum    = sum0 @values;
    my $places = $self->pick(1, 1, 2);
    my @rows   = map { [head($names[$_]), count($values[$_]), percent(quotient(10**$places * 100 * $values[$_], $sum), $places)] }
        0 .. $#names;
    push @rows, [head($self->pick(@{$w->{total}})), total($sum), percent(10**$places * 100, $places, seed => undef)];
    return {heads => [[head($self->pick(@{$w->{heads}})), head('2024'), head($self->pick(@{$w->{share}}))]],
        rows => \@rows};
}

# Chapters with subtotals, in money.
sub table_of_chapters
{
    my ($self)   = @_;
    my $w        = $self->{words};
    my @columns  = ('2022', '2023', '2024')[0 .. 1 + $self->below(2)];
    my $negative = !$self->below(3);
    my (@rows, @all);
    for my $chapter (1 .. 2 + $self->below(3)) {
        my @sums;
        for my $name ($self->some(2 + $self->below(4), @{$w->{items}})) {
            my @values = $self->series(scalar @columns);
            @values = map { $self->below(4) ? $_ : -$_ } @values if $negative;
            push @rows, [head($name), map { count($_, brackets => $negative) } @values];
            $sums[$_] += $values[$_] for 0 .. $#columns;
        }
        push @rows, [head("$w->{subtotal} $chapter"), map { total($_, brackets => $negative) } @sums];
        $all[$_] += $sums[$_] for 0 .. $#columns;
    }
    push @rows, [head($self->pick(@{$w->{total}})), map { total($_, brackets => $negative) } @all];
    my $money = $self->pick(@{$w->{money}});
    return {heads => [[head("$w->{label} ($money)"), map { head($_) } @columns]], rows => \@rows};
}

# Two sexes and their total, for each of two years: heads over several columns.
sub table_of_sexes
{
    my ($self) = @_;
    my $w      = $self->{words};
    my $total  = $self->pick(@{$w->{total}}[0, 1]);
    my @names  = $self->names(3 + $self->below(8));
    my (@rows, @sums);
    for my $name (@names) {
        my @values = map { my ($a, $b) = $self->series(2); ($a, $b, $a + $b) } 1, 2;
        push @rows, [head($name), map { $_ % 3 == 2 ? total($values[$_]) : count($values[$_]) } 0 .. 5];
        $sums[$_] += $values[$_] for 0 .. 5;
    }
    push @rows, [head($total), map { total($_) } @sums];
    return {
        heads => [
            [head($self->pick(@{$w->{heads}}), rowspan => 2), head('2023', colspan => 3), head('2024', colspan => 3)],
            [map { head($_) } (@{$w->{sexes}}, $total) x 2]
        ],
        rows => \@rows
    };
}

# A group of rows to each name: heads over several rows.
sub table_of_groups
{
    my ($self) = @_;
    my $w = $self->{words};
    my @rows;
    for my $name ($self->names(3 + $self->below(4))) {
        my @values = map { [$self->series(2)] } 1, 2;
        push @rows, [head($name, rowspan => 3), head($w->{sexes}[0]), map { count($_->[0]) } @values];
        push @rows, [head($w->{sexes}[1]), map { count($_->[1]) } @values];
        push @rows, [head('Total'), map { total($_->[0] + $_->[1]) } @values];
    }
    return {heads => [[head($self->pick(@{$w->{heads}})), head(''), head('2023'), head('2024')]], rows => \@rows};
}

# Amounts with a decimal under a heading with a scale, in one or two columns.
sub table_of_millions
{
    my ($self)  = @_;
    my $w       = $self->{words};
    my @columns = ('2023', '2024')[0 .. $self->below(2)];
    my (@rows, @sums);
    for my $name ($self->some(3 + $self->below(7), @{$w->{items}})) {
        my @values = map { 10 + $self->below(5000) } @columns;
        push @rows, [head($name), map { count($_, places => 1) } @values];
        $sums[$_] += $values[$_] for 0 .. $#columns;
    }
    push @rows, [head($self->pick(@{$w->{total}})), map { total($_, places => 1) } @sums];
    return {caption => "$w->{label} ($w->{money}[2])", heads => [[head($w->{label}), map { head($_) } @columns]],
        rows => \@rows};
}

# Parts of parts, and percentages alone.
sub table_of_parts
{
    my ($self) = @_;
    my $w = $self->{words};
    my (@rows, @sums);
    for my $name ($self->names(3 + $self->below(5))) {
        my @values = $self->series(2);
        push @rows, [head($name), map { count($_) } @values];
        push @rows, [head("$w->{of_which} $w->{sexes}[1]"), map { count(int $_ / 3) } @values] if !$self->below(3);
        $sums[$_] += $values[$_] for 0, 1;
    }
    push @rows, [head($self->pick(@{$w->{total}})), map { total($_) } @sums];
    push @rows, [head("$w->{of_which} $w->{sexes}[1]"), map { count(int $_ / 2) } @sums];
    return {heads => [[head($self->pick(@{$w->{heads}})), head('2023'), head('2024')]], rows => \@rows};
}

# What adds up to nothing: ranks, rates, an index, a mean at the end.
sub table_of_rates
{
    my ($self) = @_;
    my $w      = $self->{words};
    my $rank   = 0;
    my @rows = map { [count(++$rank), head($_), count(600 + $self->below(300), places => 1), count(80 + $self->below(40))] }
        $self->names(4 + $self->below(6));
    my $mean = quotient(sum0(map { $_->[2]{n} } @rows), scalar @rows);
    push @rows, [head(''), head($w->{mean}), count($mean, places => 1), count(quotient(sum0(map { $_->[3]{n} } @rows), scalar @rows))];
    return {heads => [[head($w->{rank}), head($self->pick(@{$w->{heads}})), head('%'), head($w->{index})]], rows => \@rows};
}

sub table
{
    my ($self, $number) = @_;
    my @shapes = qw(years shares chapters sexes groups millions parts rates years shares);
    my $shape  = "table_of_" . $shapes[$number % @shapes];
    my $table  = $self->$shape;
    $table->{space} = $self->pick("\x{202f}", "\x{a0}", ' ');
    $table->{strong} = $self->below(2);
    return $table;
}

# ---- errors ----

sub digits_swapped
{
    my ($self, $n) = @_;
    my @digits = split //, abs $n;
    my @at     = grep { $digits[$_] ne $digits[$_ + 1] && ($_ || $digits[1]) } 0 .. $#digits - 1;
    return $n if !@at;
    my $at = $self->pick(@at);
    @digits[$at, $at + 1] = @digits[$at + 1, $at];
    return ($n < 0 ? -1 : 1) * join '', @digits;
}

sub digit_dropped
{
    my ($self, $n) = @_;
    my $digits = abs $n;
    substr $digits, 1 + $self->below(length($digits) - 1), 1, '' if length $digits > 1;
    return ($n < 0 ? -1 : 1) * $digits;
}

sub digit_changed
{
    my ($self, $n) = @_;
    my $digits = abs $n;
    my $at     = $self->below(length $digits);
    substr $digits, $at, 1, 1 + (substr($digits, $at, 1) + $self->below(7)) % 9;
    return ($n < 0 ? -1 : 1) * $digits;
}

sub off_by_some { my ($self, $n) = @_; return $n + $self->pick(-1, 1) * (1 + int(abs($n) * (1 + $self->below(8)) / 100)) }
sub tenfold { my ($self, $n) = @_; return $n * 10 }

# An error must be one that a reader can see: more than rounding.
sub is_visible
{
    my ($cell, $wrong) = @_;
    my $apart = abs($wrong - $cell->{n});
    return $cell->{seed} eq 'percent' ? $apart > 2 : $apart > ($cell->{places} || $cell->{brackets} ? 12 : 0) && $apart * 200 > abs $cell->{n};
}

sub spoil
{
    my ($self, $tables, $count) = @_;
    my @cells = map { my $t = $_; map { my $c = $_; {table => $t, cell => $c} } grep { $_->{seed} } map { @$_ } @{$t->{rows}} } @$tables;
    my %errors;
    while ($count && @cells) {
        my $chosen = splice @cells, $self->below(scalar @cells), 1;
        my $cell   = $chosen->{cell};
        my $mode   = $self->pick(qw(digits_swapped digits_swapped digit_dropped digit_changed off_by_some tenfold));
        my $wrong  = $self->$mode($cell->{n});
        next if !is_visible($cell, $wrong) || $errors{$chosen->{table}}++;
        @$cell{qw(right n mode)} = ($cell->{n}, $wrong, $mode);
        $count--;
    }
}

# ---- html ----

sub printed
{
    my ($self, $cell, $n, $space) = @_;
    return $cell->{text} if defined $cell->{text};
    my $digits = sprintf '%0*d', $cell->{places} + 1, abs $n;
    my $decimals = $cell->{places} ? substr $digits, -$cell->{places}, $cell->{places}, '' : '';
    my ($group, $point) = $self->{lang} eq 'fr' ? ($space, ',') : (',', '.');
    1 while $digits =~ s/(\d)(\d{3})(?!\d)/$1$group$2/;
    my $text = $digits . ($cell->{places} ? "$point$decimals" : '');
    return $cell->{brackets} ? "($text)" : "\x{2212}$text" if $n < 0;
    return $cell->{signed} && $n > 0 ? "+$text" : $text;
}

sub add { my ($self, $text) = @_; $self->{html} .= encode('UTF-8', $text) }

sub write_cell
{
    my ($self, $table, $cell) = @_;
    my $tag  = $cell->{head} ? 'th' : 'td';
    my $span = join '', map { $cell->{$_} ? " $_=\"$cell->{$_}\"" : '' } qw(rowspan colspan);
    my $bold = $table->{strong} && $cell->{seed} && $cell->{seed} eq 'total';
    $self->add("<$tag$span>" . ($bold ? '<b>' : ''));
    my $start = length $self->{html};
    $self->add($self->printed($cell, $cell->{n}, $table->{space}));
    push @{$self->{errors}}, {start => $start, end => length $self->{html}, mode => "$cell->{seed} $cell->{mode}",
            wrong => $self->printed($cell, $cell->{n}, ' '), right => $self->printed($cell, $cell->{right}, ' ')}
        if defined $cell->{right};
    $self->add(($bold ? '</b>' : '') . "</$tag>");
}

sub write_table
{
    my ($self, $table) = @_;
    $self->add("<table>\n" . ($table->{caption} ? "<caption>$table->{caption}</caption>\n" : ''));
    for my $row (@{$table->{heads}}, @{$table->{rows}}) {
        $self->add('<tr>');
        $self->write_cell($table, $_) for @$row;
        $self->add("</tr>\n");
    }
    $self->add("</table>\n");
}

sub write
{
    my ($self, $tables) = @_;
    $self->{html} = '';
    $self->{errors} = [];
    $self->add("<!DOCTYPE html>\n<html lang=\"$self->{lang}\"><head><meta charset=\"utf-8\"><title>Rapport</title></head><body>\n");
    for my $page (1 .. 200) {
        $self->add('<p>' . join(' ', map { $self->pick(@{$self->{words}{sentences}}) . '.' } 1 .. 8) . "</p>\n") for 1 .. 4;
        $self->write_table($tables->[$page / 4 - 1]) if $page % 4 == 0;
    }
    $self->add("</body></html>\n");
}

1;
