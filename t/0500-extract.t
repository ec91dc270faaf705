#!/usr/bin/perl
# One press release in every type and encoding: the same mentions in each, and places that are right to the byte. Then
# the dataset that is made of it, which must be one that `check` reads, and texts that would take a careless reader
# for ever.
use strict;
use warnings;
use Encode qw(decode);
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

my $folder = 'fixtures/extract-documents';
my %encoding_of = ('release-windows-1252' => 'cp1252', 'release-utf-16' => 'UTF-16LE');

sub extract
{
    my ($dir, @argv) = @_;
    my $run = run_command(dir => $dir, argv => ['extract', @argv]);
    is $run->{status}, 0, "extract @argv ends with status 0" or diag $run->{stderr};
    return $run->{stdout};
}

sub mentions { return map { decode_json($_) } split /\n/, extract($folder, '--ndjson', @_) }

# All white space alike, so that what is printed with other spaces compares equal.
sub spaced { return $_[0] =~ s/\s+/ /gr }

# What a reader sees of a piece of Markdown or HTML, as far as the fixtures go.
sub visible
{
    my ($text) = @_;
    my %named = (nbsp => 0xa0, euro => 0x20ac, rsquo => 0x2019, egrave => 0xe8);
    $text =~ s/<!--.*?-->|<[^>]*>//gs;
    $text =~ s/\*//g;
    $text =~ s/&#x([0-9a-f]+);/chr hex $1/ge;
    $text =~ s/&#(\d+);/chr $1/ge;
    $text =~ s/&(\w+);/chr $named{$1}/ge;
    return spaced($text);
}

# A mention without its place, as text.
sub reading
{
    my ($mention) = @_;
    my %copy = (%$mention, text => spaced($mention->{text}));
    delete @copy{qw(start end)};
    return JSON::PP->new->utf8->canonical->encode(\%copy);
}

sub check_places
{
    my ($file, @mentions) = @_;
    my $bytes = slurp(root() . "/$folder/$file");
    my $encoding = $encoding_of{$file =~ s/\.\w+$//r} // 'UTF-8';
    my @wrong;
    for my $mention (@mentions) {
        my $piece = decode($encoding, substr($bytes, $mention->{start}, $mention->{end} - $mention->{start}));
        my $seen = $file =~ /\.txt$/ ? spaced($piece) : visible($piece);
        push @wrong, "'$seen' is not '$mention->{text}'" if $seen ne spaced($mention->{text});
    }
    is join("\n", @wrong), '', "$file: each place is that of its text";
}

sub check_release
{
    my @files = sort map { s{.*/}{}r } glob root() . "/$folder/release*.{txt,md,html}";
    my $wanted = slurp(root() . "/$folder/expected.ndjson");
    for my $file (@files) {
        my @mentions = mentions($file);
        is_text join('', map { reading($_) . "\n" } @mentions), $wanted, "$file: the figures, hedges and units";
        check_places($file, @mentions);
        my @others = map { "$_->{what} " . spaced($_->{text}) } grep { $_->{kind} eq 'not-a-figure' } mentions('--all', $file);
        is join(', ', @others), 'date 12 mars 2024, year 2023, phone 01 23 45 67 89', "$file: what is none";
    }
}

sub check_dataset
{
    my $dir = tempdir(CLEANUP => 1);
    my $text = extract($folder, 'release.md');
    is extract($folder, 'release.md'), $text, 'the same dataset each time';
    my $dataset = decode_json($text);
    my %ids = map { $_->{id} => 1 } @{$dataset->{figures}};
    is scalar keys %ids, scalar @{$dataset->{figures}}, 'each figure has an id of its own';
    is_deeply [grep { !/^[a-z][a-z0-9_]*$/ } keys %ids], [], 'ids are names that a rule may use as they are';
    spew("$dir/release.json", $text);
    my $check = run_command(dir => $dir, argv => ['check', '--no-config', 'release.json']);
    is $check->{status}, 0, 'check reads it';
    like $check->{stderr}, qr/^crossfoot: 14 figures,/, 'all of it' or diag $check->{stderr};
}

# The sentences that the recogniser is held to, through the program.
sub check_sentences
{
    for my $expected (sort glob root() . '/fixtures/extract/*/expected.ndjson') {
        my ($name) = $expected =~ m{([^/]+)/expected};
        my $got = extract("fixtures/extract/$name", '--ndjson', '--lang', substr($name, 0, 2), 'input.txt');
        is_text $got =~ s/, "readings": \[[^]]*\]//gr, slurp($expected), "fixtures/extract/$name";
    }
}

sub check_endless
{
    my $dir = tempdir(CLEANUP => 1);
    my %endless = (digits => '7', brackets => '(', dont => 'dont ', hyphens => 'quatre-vingt-', tags => '<b>');
    for my $name (sort keys %endless) {
        spew("$dir/$name.$_", $endless{$name} x (1e6 / length $endless{$name})) for qw(txt md html);
        extract($dir, '--ndjson', '--lang', 'fr', "$name.$_") for qw(txt md html);
    }
}

check_release();
check_dataset();
check_sentences();
check_endless();
done_testing;
