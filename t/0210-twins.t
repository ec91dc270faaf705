#!/usr/bin/perl
# A broken twin is its model with one slip: one line differs, beside the one that names the schema. And it is told:
# a twin whose slip goes unseen proves nothing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use Test::More;

my $folder = 'fixtures/anct-2024';
my @model = grep { !/"\$schema"/ } split /\n/, slurp(root() . "/$folder/figures.json");
my @twins = files_below("$folder/twins", qr/\.json$/);
cmp_ok scalar @twins, '>=', 10, 'there are ten twins or more';

for my $twin (@twins) {
    my @lines = grep { !/"\$schema"/ } split /\n/, slurp(root() . "/$twin");
    my $slips = grep { $lines[$_] ne ($model[$_] // '') } 0 .. $#lines;
    is @lines . " lines, $slips other", @model . ' lines, 1 other', "$twin differs in one line";
    my ($told) = grep { -s root() . '/' . ($twin =~ s/json$/$_/r) } qw(stdout status);
    ok $told, "$twin is told";
}

done_testing;
