#!/usr/bin/perl
# The French of errors and warnings (cmd/report/french.c) is complete: whatever a source says has an entry, no entry
# is left over, the arguments agree, and the typography is French.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use Test::More;

my $CATALOGUE = 'cmd/report/french.c';

# What says something: every text among the arguments of these is told to people.
my $SAYERS = join '|', qw(diag_at diag_about problems_warn json_fail json_fail_in message_make message_because
    scan_fail scan_expected FAIL fail fail_expected fail_missing intake_fail wrong_type intake_wrong_type bad_value
    is_number is_condition members_are_known locale_text FIGURE HEAD GRID);

# Tables of which every text is told.
my $TABLES = join '|', qw(options commands words built_in_rules);

my $LITERAL = qr/"(?:\\.|[^"\\])*"/;
my $QUOTED_CHAR = qr/'(?:\\.|[^'\\])'/;
my $PARENS = qr/(\((?:[^()"']|$LITERAL|$QUOTED_CHAR|(?-1))*+\))/;
my $BRACES = qr/(\{(?:[^{}"']|$LITERAL|$QUOTED_CHAR|(?-1))*+\})/;

# A conversion that message.c knows.
my $CONVERSION = qr/%(?:%|s|\.\*s|c|d|u|zu|0?[0-9]*[xX])/;

# The source without comments, with adjacent texts made one.
sub code_of
{
    my ($path) = @_;
    my $code = slurp(root() . "/$path");
    $code =~ s{($LITERAL|$QUOTED_CHAR)|/\*.*?\*/|//[^\n]*}{$1 // ' '}gse;
    $code =~ s{"\s+"}{}g;
    return $code;
}

sub literals
{
    my ($code) = @_;
    return map { substr $_, 1, -1 } grep { defined } $code =~ /$QUOTED_CHAR|($LITERAL)/g;
}

# A word alone may be the name of a member or an option, which is never translated; STR() makes names too.
sub is_said { my ($text) = @_; return $text =~ / / && $text =~ s/$CONVERSION//gr =~ /[[:alpha:]]/ }

sub said_in
{
    my ($code) = @_;
    my @said;
    (my $told = $code) =~ s/\b(?:STR|STR_INIT|str_find|str_starts|str_equal)\s*\($LITERAL\)//g;
    while ($told =~ /\b(?:$SAYERS)\s*$PARENS/g) {
        my $arguments = $1;
        pos($told) -= length($arguments) - 1;
        push @said, literals($arguments);
    }
    push @said, literals($1) while $told =~ /\b(?:$TABLES)\[\w*\] = $BRACES/g;
    push @said, literals($1) while $told =~ /\bwhy = ($LITERAL)/g;
    push @said, literals($1) while $told =~ /\breturn (?:\w+ \? )?($LITERAL)/g;
    return grep { is_said($_) } @said;
}

sub conversions { my ($format) = @_; return grep { $_ ne '%%' } $format =~ /($CONVERSION)/g }

# The conversions whose place the French need not name: the "s" of an English plural.
sub is_plural
{
    my ($english, $number) = @_;
    my ($before) = $english =~ /^((?:(?:(?!$CONVERSION).|%%)*$CONVERSION){$number})/s;
    return $before =~ /[[:alpha:]]%s$/;
}

sub fault_of
{
    my ($english, $french) = @_;
    my @conversions = conversions($english);
    (my $rest = $english) =~ s/$CONVERSION//g;
    return 'a conversion that messages do not know' if @conversions && $rest =~ /%/;
    my %used = map { $_ => 1 } $french =~ /%([1-9])/g;
    return 'an argument that the English has not' if grep { $_ > @conversions } keys %used;
    for my $number (1 .. @conversions) {
        return "argument $number is left out" if !$used{$number} && !is_plural($english, $number);
    }
    return 'a plain space where French has a no-break space' if $french =~ /\xab | (?:[:;?\xbb]|!(?!=))/;
    return;
}

my $catalogue = code_of($CATALOGUE);
utf8::decode($catalogue);
my ($program) = $catalogue =~ /\bprogram\[\] = $BRACES/ or BAIL_OUT("no table in $CATALOGUE");
my (%french, @doubles, @faults);
while ($catalogue =~ /\{($LITERAL),\s*($LITERAL)\}/g) {
    my ($english, $french) = map { literals($_) } $1, $2;
    push @doubles, $english if exists $french{$english};
    $french{$english} = $french;
    my $fault = fault_of($english, $french);
    push @faults, "$english: $fault" if $fault;
}
cmp_ok scalar keys %french, '>', 200, 'the catalogue is read';
is_deeply \@doubles, [], 'every entry stands once';
is_deeply \@faults, [], 'every entry fits its English';

my (%known, @missing);
for my $path (grep { $_ ne $CATALOGUE } files_below('cmd', qr/\.[ch]$/)) {
    my $code = code_of($path);
    utf8::decode($code);
    $known{$_} = 1 for literals($code);
    push @missing, map { "$path: $_" } grep { !exists $french{$_} } said_in($code);
}
is join("\n", @missing), '', 'whatever is said has its French';
my @unsaid = grep { !$known{$_} } map { literals($_) } $program =~ /\{($LITERAL),/g;
is join("\n", @unsaid), '', 'every entry is said somewhere';
done_testing;
