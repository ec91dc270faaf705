#!/usr/bin/perl
# Prose without relations raises no alarm. Sentences are made from word lists and random figures: counts, money,
# percentages, durations, hedges, with the words that elsewhere announce a relation (contre, soit, dont, au total, le
# reste, passe de, compared with, in total) where they announce none. No subject comes twice in a document, so no two figures
# are about one thing. An alarm is an inconsistent verdict of severity error or warning.
#
#     SEED=7 NO_ALARM_COUNT=5 perl t/0630-no-alarm.t      another seed; five times as many sentences
use strict;
use warnings;
use utf8;
use Encode qw(encode_utf8);
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp ();
use JSON::PP qw(decode_json);
use List::Util qw(shuffle);
use Test::More;

use constant SENTENCES_PER_DOCUMENT => 50;

my $seed = $ENV{SEED} // 1;
my $times = $ENV{NO_ALARM_COUNT} // 1;
my $dir = File::Temp->newdir;

# Sentences, with slots: {p} and {q} two places, {n 3 40} a count, {things 2} counts of different things, {list} a list
# of them; for {%} a percentage, {% 14} one up to 14; {money}, {price}, {year}, {day}, {from} and {to} two hours. Any
# other slot is one of the language's words of that name.
my @FRENCH = split /\n/, <<'END';
{p} compte {list}.
La commune de {p} ({things 2}) cherche {n 2 30} bénévoles.
À {p}, la motion a été adoptée par {n 61 90} voix contre {n 13 60}, après {n 2 9} heures de débat.
{p} s’est imposé {n 20 40} à {n 3 19} contre la réserve de Tours, devant {n 90 20000} spectateurs.
La campagne contre la grippe a mobilisé {n 5 90} infirmiers et {n 4 60} pharmacies dans le canton de {p}.
{n 3 40} recours ont été déposés contre le projet de {p}, qui prévoit {n 15 400} logements et {n 15 300} places.
Les inscriptions à {p} se font soit en ligne, soit au guichet {n 2 9}, avant le {day} {month}, pour {price}.
Que ce soit en bus ou en train, il faut {n 15 90} minutes pour rejoindre {p}, distant de {n 8 140} kilomètres.
Le règlement se fait soit comptant, avec {% 9} de remise, soit en {n 2 10} fois, indique la régie de {p}.
Le collège de {p} accueille {n 120 900} élèves, soit la capacité d’un gros bourg, et {n 13 80} professeurs.
À {p}, {%} {people} lisent la presse, {%} écoutent la radio et {%} regardent la télévision.
{%} {people} de {p} citent le prix, {%} la qualité, {%} la proximité (plusieurs réponses possibles).
Le taux de chômage est de {% 14} à {p} et de {% 14} à {q}.
La réussite au brevet atteint {%} au collège de {p} et la mention très bien {% 30} au lycée voisin.
À {p}, la cantine sert du bio {n 2 4} jours par semaine ; {%} des plats et {%} des légumes viennent du canton.
À {p}, un habitant sur {n 3 9} a plus de {n 60 80} ans et {% 40} vivent seuls.
À la fête de {p}, le billet coûte {price}, le repas {price} et le tour de manège {price}.
À {p}, la chambre double est à {price}, le petit déjeuner à {price} et la demi-pension à {price}.
À {p}, une subvention de {money} finance le toit, une autre de {money} la crèche.
Au total, la ville de {p} a dépensé {money} pour ses routes.
La commune de {p} dépense {n 20 900} euros par habitant et par an, et lui doit {% 30} de ses recettes.
À {p}, la taxe s’élève à {% 12} au-delà de {n 50 900} m² et le forfait à {price} en deçà.
Le trail de {p} a été gagné par un coureur de {n 19 60} ans, devant {n 30 900} concurrents.
Le député de {p}, âgé de {n 25 75} ans, a été élu en {year} avec {n 900 30000} voix d’avance.
En {year}, {p} a ouvert une école de {n 3 19} classes, puis un stade de {n 300 9000} places.
Le conseil de {p} s’est réuni {n 3 12} fois et a pris {n 13 190} délibérations en {year}.
À {p}, le cortège a réuni {n 40 900} personnes selon la police, {n 1100 9000} selon les organisateurs.
{hedge}{n 200 9000} visiteurs sont venus à {p}, {hedge}{n 200 9000} à {q}.
Le prix du terrain gagne {% 9} à {p}, celui des fermages {% 9}.
Les ventes de {p} progressent de {% 30}, à {n 300 90000} pièces ; ses commandes reculent de {% 30}, à {money}.
Sur un an, les loyers de {p} augmentent de {% 5}, après {% 5} l’année précédente.
La coopérative de {p} a doublé sa surface de vente, à {n 90 4000} m², et triplé son parc de vélos.
La bibliothèque de {p} prête {n 900 90000} livres par an, contre {n 900 90000} en {year}.
À {p}, la vitesse passe de 50 à 30 kilomètres à l’heure et l’heure de stationnement à {price}.
La mairie de {p} ({n 4 80} agents) et la poste ({n 2 12} guichets) ferment à {to} heures.
{p} se classe {n 13 30}e avec {n 13 60} points, contre {n 61 95} pour le meneur et {n 2 12} pour la lanterne rouge.
{p} vise {n 40 900} logements rénovés d’ici {n 2026 2045}, pour un budget annuel de {money}.
L’aire de repos se trouve à {n 2 60} kilomètres de {p} et à {n 2 60} kilomètres de {q}.
L’arrêté n° {year}-{n 100 900} du maire de {p} interdit les feux du {day} juin au {day} septembre.
La piscine de {p} ouvre de {from} heures à {to} heures et ferme {n 2 9} semaines par an.
À {p}, le bus passe de {from} heures à {to} heures, toutes les {n 13 50} minutes.
L’entreprise de {p} exploite {n 3 90} machines sur {n 2 9} sites et livre {n 5 60} pays.
À {p}, les visiteurs restent en moyenne {n 15 90} minutes et dépensent {price}.
{p}, dont l’église date de {n 1100 1800}, a reçu {n 90 9000} pèlerins et {n 2 90} cars.
Le club de {p}, dont la cotisation est de {price}, réunit {n 15 400} adhérents.
Le reste du parcours, long de {n 3 40} kilomètres, traverse {p} et {n 2 12} hameaux.
En plus de ses {n 20 400} lits, la clinique de {p} dispose de {n 2 30} fauteuils de dialyse.
À la moitié du parcours, au kilomètre {n 13 90}, {p} offrira {n 90 2000} goûters.
Le thermomètre a oscillé entre {n 2 9} et {n 13 30} degrés à {p}, où il est tombé {n 4 60} millimètres de pluie.
Joignable au {phone}, l’office de {p} propose {n 3 40} visites à {price}.
Les pompiers de {p} ont lutté {n 2 12} heures contre un feu de {n 2 400} hectares, avec {n 2 40} engins.
END

my @ENGLISH = split /\n/, <<'END';
{p} has {list}.
The village of {p} ({things 2}) needs {n 2 30} volunteers.
In {p} the motion was carried by {n 61 90} votes against {n 13 60}, after {n 2 9} hours of debate.
{p} won {n 20 40}-{n 3 19} against Leeds in front of {n 90 20000} spectators.
{%} {people} in {p} mentioned price, {%} quality and {%} distance; several answers were allowed.
Unemployment is {% 14} in {p} and {% 14} in {q}.
Pass rates reached {%} at the school in {p}, and {%} of teachers live nearby.
One in {n 3 9} people in {p} is over {n 60 80}, and {% 40} live alone.
At the {p} fair, a ticket costs {price}, a meal {price} and a ride {price}.
A grant of {money} pays for the roof in {p}, another of {money} for the nursery.
In total, the town of {p} spent {money} on its roads.
In {year}, {p} opened a school with {n 3 19} classes, then a stadium with {n 300 9000} seats.
The march in {p} drew {n 40 900} people according to the police, {n 1100 9000} according to the organisers.
{hedge}{n 200 9000} visitors came to {p}, {hedge}{n 200 9000} to {q}.
Sales in {p} rose {% 30} to {n 300 90000} cheeses; its orders fell {% 30} to {money}.
Rents in {p} rose by {% 5} over the year, after {% 5} the year before.
The library in {p} lends {n 900 90000} books a year, compared with {n 900 90000} in {year}.
The speed limit in {p} drops from 40 to 20 miles an hour, and parking now costs {price}.
{p} is third with {n 13 60} points, against {n 61 95} for the leaders.
{p} is {n 2 60} miles from the coast and {n 2 60} minutes from the motorway.
The pool in {p} opens from {from}:00 to {to}:00 and closes for {n 2 9} weeks a year.
The council of {p} met {n 3 12} times and took {n 13 190} decisions in {year}.
Visitors to {p} stay for an average of {n 15 90} minutes and spend {price}.
Pay at the desk in {p} or online before {day} {month}, either in full or in {n 3 10} instalments.
The rest of the route, {n 3 40} miles long, crosses {p} and {n 2 12} hamlets.
As well as its {n 20 400} beds, the clinic in {p} has {n 2 30} dialysis chairs.
A driver aged {n 19 80} was fined {n 60 900} pounds in {p}, {n 2 9} months after the crash.
END

# Every pair of a first name and a last one is a place; {thing} names what a place has, with what is natural of it.
my %FRENCH_WORDS = (
    first => [qw(Brécourt Cherval Dampierre Fontaube Garlande Hautecombe Jonzier Lormeil Marsac Nanteuil Périgny Quéant
        Rocbrune Sauvigny Tercé Valmont Vaucel Bressolles Collonges Mirefleur)],
    last => [qw(-sur-Lune -les-Bains -le-Vieux -en-Plaine -la-Forêt)],
    month => [qw(janvier février mars avril mai juin juillet septembre octobre novembre décembre)],
    people => ['des habitants', 'des salariés', 'des parents', 'des usagers', 'des lycéens', 'des retraités'],
    before => ['En outre, ', 'Par ailleurs, ', 'De plus, ', 'Cette année, ', 'À noter : ', 'Au printemps, ', 'Enfin, '],
    hedge => ['près de ', 'environ ', 'plus de ', 'quelque ', 'au moins ', 'un peu moins de ', ('') x 4],
    and => [' et ', ', et ', ' ainsi que ', ' ; on y trouve aussi '],
    thing => ['300 90000 habitants', '3 400 commerces', '4 300 associations', '2 40 écoles', '8 200 pompiers',
        '5 900 logements vides', '6 1500 agents municipaux', '50 20000 arbres', '40 9000 lampadaires',
        '20 4000 places de parking', '13 600 licenciés de judo', '2 120 médecins', '4 300 kilomètres de sentiers',
        '3 150 ruches', '900 80000 livres', '10 700 bancs publics', '5 2000 entreprises', '2 19 ponts'],
    numbers => [qw(deux trois quatre cinq six sept huit neuf dix onze douze)],
    'per cent' => ' pour cent', colon => ' :', point => ',', sentences => \@FRENCH,
);

my %ENGLISH_WORDS = (
    first => [qw(Ashby Barton Colwick Denby Elton Farley Garston Hadley Kelby Langton Marston Norley Oakham Penby Radley
        Selby Thorpe Upton Wadley Yarley)],
    last => [' Cross', ' Green', ' Heath', ' Bay', ' Magna'],
    month => [qw(January February March April June July September October November)],
    people => ['of residents', 'of parents', 'of commuters', 'of pupils', 'of customers', 'of pensioners'],
    before => ['In addition, ', 'Meanwhile, ', 'This year, ', 'By contrast, ', 'Overall, ', 'Elsewhere, '],
    hedge => ['nearly ', 'about ', 'more than ', 'some ', 'at least ', ('') x 4],
    and => [' and ', ', and ', ' as well as '],
    thing => ['300 90000 residents', '3 400 shops', '4 90 charities', '2 40 schools', '13 200 firefighters',
        '13 900 empty homes', '40 9000 street lamps', '20 4000 parking spaces', '2 120 doctors',
        '4 300 miles of footpaths', '900 80000 library books', '10 700 benches', '3 190 bus stops'],
    numbers => [qw(two three four five six seven eight nine ten eleven twelve)],
    'per cent' => ' per cent', colon => ':', point => '.', group => ',', gap => '', sentences => \@ENGLISH,
);

sub pick { return $_[int rand @_] }

# A whole number, as likely to be small as large.
sub between
{
    my ($low, $high) = @_;
    return int exp(log($low) + rand() * log(($high + 1) / $low));
}

sub count
{
    my ($d, $low, $high) = @_;
    my $number = between($low, $high);
    return $number if $high >= 1800 && $high <= 2100;
    return $d->{numbers}[$number - 2] if $number <= 12 && rand() < 0.3;
    return $number =~ s/(?<=[0-9])(?=(?:[0-9]{3})+$)/$d->{group}/gr;
}

sub decimal
{
    my ($d, $high) = @_;
    return sprintf('%.1f', 0.1 + rand $high) =~ s/\./$d->{point}/r;
}

sub percent
{
    my ($d, $high) = @_;
    my $number = pick(1 + int rand($high // 95), decimal($d, $high // 95));
    return $number . pick("$d->{gap}%", "$d->{gap}%", $d->{'per cent'});
}

sub money
{
    my ($d) = @_;
    my ($count, $decimal) = (count($d, 13, 900_000), decimal($d, 90));
    return pick("£$count", "£${decimal}m", "£$decimal million") if $d->{point} eq '.';
    return pick("$count$d->{gap}€", "$count euros", "$decimal$d->{gap}M€", "$decimal millions d’euros");
}

sub price
{
    my ($d) = @_;
    my $price = between(2, 80) . pick('', '', "$d->{point}50", "$d->{point}90");
    return $d->{point} eq '.' ? "£$price" : "$price$d->{gap}€";
}

sub things
{
    my ($d, $many) = @_;
    my @chosen = (shuffle @{$d->{thing}})[0 .. $many - 1];
    return map { my ($low, $high, $name) = split / /, $_, 3; count($d, $low, $high) . " $name" } @chosen;
}

sub list
{
    my ($d) = @_;
    my @things = things($d, pick(2, 3, 4));
    my $last = pop @things;
    return join(', ', @things) . pick(@{$d->{and}}) . $last;
}

my %SLOT = (
    p => sub { pop @{$_[0]{places}} },
    q => sub { pop @{$_[0]{places}} },
    n => \&count,
    '%' => \&percent,
    money => \&money,
    price => \&price,
    list => \&list,
    things => sub { join ', ', things(@_) },
    year => sub { 1950 + int rand 75 },
    day => sub { 1 + int rand 28 },
    from => sub { 7 + int rand 5 },
    to => sub { 16 + int rand 6 },
    phone => sub { join ' ', '0' . between(1, 5), map { sprintf '%02d', rand 100 } 1 .. 4 },
);

sub fill
{
    my ($d, $slot) = @_;
    my ($name, @arguments) = split / /, $slot;
    return $SLOT{$name} ? $SLOT{$name}->($d, @arguments) : pick(@{$d->{$name}});
}

# A sentence, now and then behind a connector.
sub sentence
{
    my ($d) = @_;
    my $text = pick(@{$d->{sentences}}) =~ s/\{([^}]+)\}/fill($d, $1)/ger;
    return ucfirst $text if $text !~ /^(?:La|Le|Les|À|The) / || rand() > 0.15;
    return pick(@{$d->{before}}) . lcfirst $text;
}

sub bullets
{
    my ($d) = @_;
    return join "\n", fill($d, 'p') . "$d->{colon}\n", map { "- $_" } things($d, 3);
}

# A document has one way to write its numbers, and each of its places comes once.
sub document
{
    my ($words) = @_;
    my %notation = (group => pick(' ', ' ', "\x{a0}", "\x{202f}"), gap => pick(' ', "\x{a0}"));
    my @places = map { my $first = $_; map { "$first$_" } @{$words->{last}} } @{$words->{first}};
    my $d = {%notation, %$words, places => [shuffle @places]};
    my ($text, $left) = ('', SENTENCES_PER_DOCUMENT);
    while ($left > 0) {
        my $size = pick(1, 2, 3, 4, 6);
        $size = $left if $size > $left;
        my $listed = $size == 1 && rand() < 0.5;
        $text .= $listed ? bullets($d) : join ' ', map { sentence($d) } 1 .. $size;
        $text .= "\n\n";
        $left -= $size;
    }
    return $text;
}

sub alarms
{
    my ($lang, $text) = @_;
    spew("$dir/prose.txt", encode_utf8($text));
    my $run = run_command(argv => ['check', '-f', 'json', '--lang', $lang, "$dir/prose.txt"]);
    my $report = eval { decode_json($run->{stdout}) };
    return "no report: $run->{status} $run->{stderr}" if !$report;
    my @alarms = grep { $_->{verdict} eq 'inconsistent' && $_->{severity} =~ /^(?:error|warning)$/ } @{$report->{verdicts}};
    return map { alarm_text($_, $text) } @alarms;
}

# What was claimed, and the sentences that it was read in.
sub alarm_text
{
    my ($alarm, $text) = @_;
    my @starts = grep { defined } map { $_->{place}{start} } @{$alarm->{terms}};
    my ($from, @read) = (0);
    for my $sentence (split /(?<=[.] )|(?<=\n)/, $text) {
        my $to = $from + length encode_utf8($sentence);
        push @read, $sentence =~ s/\s+$//r if grep { $_ >= $from && $_ < $to } @starts;
        $from = $to;
    }
    return encode_utf8(join "\n    ", "$alarm->{rule}: " . ($alarm->{sum} // $alarm->{message} // ''), @read);
}

# The documents of a language: none may raise an alarm.
sub test_language
{
    my ($lang, $words, $documents) = @_;
    srand $seed;
    my @alarms = map { alarms($lang, document($words)) } 1 .. $documents * $times;
    my $sentences = $documents * $times * SENTENCES_PER_DOCUMENT;
    is scalar @alarms, 0, "no alarm in $sentences sentences ($lang, seed $seed)";
    diag $_ for @alarms > 20 ? @alarms[0 .. 19] : @alarms;
}

test_language(fr => \%FRENCH_WORDS, 40);
test_language(en => \%ENGLISH_WORDS, 10);
done_testing;
