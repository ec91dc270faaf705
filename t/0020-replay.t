#!/usr/bin/perl
# Each fuzz target reads its seeds and all that fuzzing has found before, as a plain program: none of them crashes it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use Test::More;

my $folder = $ENV{REPLAYS} // root() . '/build/plain/replay';
opendir my $dir, $folder or plan skip_all => "no replays in $folder: make replays builds them";
my @targets = sort grep { -x "$folder/$_" && -f _ && !/\.d$/ } readdir $dir;
plan skip_all => "no replays in $folder" if !@targets;

for my $target (@targets) {
    my $folders = run_command(command => 1, dir => root(), argv => ['t/fuzz/seeds', $target])->{stdout};
    my @seeds = map { files_below($_, qr/./) } split /\n/, $folders;
    my $run = run_command(command => 1, dir => root(), argv => ["$folder/$target", @seeds]);
    is $run->{status}, 0, "$target replays " . @seeds . ' seeds' or diag $run->{stderr};
}
done_testing;
