#!/usr/bin/perl
# Runs the unit tests, one program of cmocka for each t/unit/*.c, and passes on what they say. A program that crashes,
# stops early or was not built is a failure.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Basename qw(basename);
use Test::More;

my $built = $ENV{UNITS} // root() . '/build/plain/t';
my @names = map { basename($_, '.c') } files_below('t/unit', qr/\.c$/);
ok scalar @names, 'there are unit tests';

for my $name (@names) {
    subtest $name => sub {
        my $run = run_command(command => 1, argv => ["$built/$name"], env => {CMOCKA_MESSAGE_OUTPUT => 'TAP'},
                              dir => root(), merged => 1);
        my ($plan, $count) = (0, 0);
        for my $line (split /\n/, $run->{stdout}) {
            $plan = $1 if $line =~ /^1\.\.(\d+)/;
            next if $line !~ /^(not )?ok\b[\s\d]*-?\s*(.*)/;
            ok !$1, $2 || 'unnamed' or diag $run->{stdout};
            $count++;
        }
        cmp_ok $plan, '>', 0, 'says how many tests it has' or diag $run->{stdout};
        is $count, $plan, 'runs all of them';
        is $run->{status}, 0, 'ends with status 0' or diag $run->{stdout};
    };
}

done_testing;
