#!/usr/bin/perl
# Runs every case of fixtures/. A case is a file NAME.args in any folder below fixtures/; the words in it stand behind
# `crossfoot`, as a shell would read them, with variables before and an input behind:
#
#     # What the case shows, for people.
#     LC_ALL=fr_FR.UTF-8 check --rules rules.json - < figures.json
#
# It runs in its own folder, without a shell. What it must print and how it must end stand beside it in NAME.stdout,
# NAME.stderr and NAME.status; a file that is not there stands for nothing printed and for status 0. So a case needs no
# code, and several cases share their input by sharing a folder.
#
#     perl t/0200-cases.t PATTERN     only the cases whose path matches
#     make golden                     writes new expectations, case by case, after showing what changes and asking
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Basename qw(basename dirname);
use Test::More;
use Text::ParseWords qw(shellwords);

my @KINDS = qw(stdout stderr status);

sub read_case
{
    my ($path) = @_;
    my $text = join ' ', grep { !/^#/ } split /\n/, slurp(root() . "/$path");
    my @words = shellwords($text);
    my %case = (dir => dirname($path), name => basename($path, '.args'), env => {});
    while (@words && $words[0] =~ /^([A-Z_]+)=(.*)$/s) {
        $case{env}{$1} = $2;
        shift @words;
    }
    if (@words > 1 && $words[-2] eq '<') {
        $case{stdin} = pop @words;
        pop @words;
    }
    $case{argv} = \@words;
    return \%case;
}

sub expectation_path
{
    my ($case, $kind) = @_;
    return root() . "/$case->{dir}/$case->{name}.$kind";
}

# What stands for nothing: an empty text, status 0.
sub default_of
{
    my ($kind) = @_;
    return $kind eq 'status' ? "0\n" : '';
}

sub expected
{
    my ($case, $kind) = @_;
    my $path = expectation_path($case, $kind);
    return -e $path ? slurp($path) : default_of($kind);
}

sub got
{
    my ($run, $kind) = @_;
    return $kind eq 'status' ? "$run->{status}\n" : $run->{$kind};
}

sub rewrite
{
    my ($case, $run) = @_;
    for my $kind (@KINDS) {
        my ($path, $text) = (expectation_path($case, $kind), got($run, $kind));
        if ($text eq default_of($kind)) {
            unlink $path;
        }
        else {
            spew($path, $text);
        }
    }
}

my $answer = '';

# May the expectations change? Without a terminal to ask, no.
sub agreed
{
    return 1 if $answer eq 'a';
    return 0 if $answer eq 'q' || !-t STDIN;
    print STDERR 'write this as what is expected? [y]es, [n]o, [a]ll that follow, [q]uit asking: ';
    $answer = lc substr(<STDIN> // 'q', 0, 1);
    return $answer eq 'y' || $answer eq 'a';
}

sub check_case
{
    my ($path) = @_;
    my $case = read_case($path);
    my $run = run_command(%{$case});
    my $diff = join '', map { text_diff(expected($case, $_), got($run, $_), "$case->{name}.$_") } @KINDS;
    if ($diff ne '' && $ENV{GOLDEN}) {
        print STDERR "\n$path: crossfoot @{$case->{argv}}\n$diff";
        if (agreed()) {
            rewrite($case, $run);
            $diff = '';
        }
    }
    ok $diff eq '', $path or diag $diff;
}

my $only = shift // '.';
my @cases = grep { /$only/ } files_below('fixtures', qr/\.args$/);
ok scalar @cases, 'there are cases' or BAIL_OUT('no cases');
check_case($_) for @cases;

my %is_case = map { s/\.args$//r => 1 } files_below('fixtures', qr/\.args$/);
my @strays = grep { !$is_case{s/\.\w+$//r} } files_below('fixtures', qr/\.(?:stdout|stderr|status)$/);
is_deeply \@strays, [], 'every expectation belongs to a case';

done_testing;
