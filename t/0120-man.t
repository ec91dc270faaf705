#!/usr/bin/perl
# The man page and --help name the same commands and the same options, and mandoc finds no fault with the page.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use Test::More;

my $page = 'cmd/crossfoot/crossfoot.1';
my $text = slurp(root() . "/$page");

sub help_of
{
    my $run = run_command(dir => root(), argv => [@_, '--help']);
    is $run->{status}, 0, "@_ --help ends with status 0";
    return $run->{stdout};
}

sub sorted { my %set = map { $_ => 1 } @_; return join "\n", sort keys %set }

my @commands = $text =~ /^\.It Cm (\S+)$/mg;
my $summary = help_of();
like $summary, qr/^\s+\Q$_\E\b/m, "--help names $_" for @commands;

my @told = map { /(--[a-z][a-z-]*)/g } $summary, map { help_of($_) } @commands;
my @documented = map { "-$_" } $text =~ /\bFl (-[a-z][a-z-]*)/g;
is sorted(@documented), sorted(@told), 'the man page has the options of --help, and no others';

SKIP: {
    skip 'mandoc is not installed', 1 if !grep { -x "$_/mandoc" } split /:/, $ENV{PATH};
    my $run = run_command(command => 1, dir => root(), argv => ['mandoc', '-T', 'lint', '-W', 'style', $page]);
    is $run->{stdout}, '', 'mandoc finds no fault';
}
done_testing;
