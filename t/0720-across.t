#!/usr/bin/perl
# Ten editions of an annual report, with contradictions seeded in them: `batch --across` finds all, and nothing else;
# whatever the order, the workers and the memory; and in four shards that are merged, byte for byte the same.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use Editions;
use Encode qw(decode_utf8);
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $json = JSON::PP->new->utf8;
my $RULES = '{"pack": "editions", "rules": [{"id": "sum", "check": "shops.rural + shops.urban = shops.total"}]}';

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

sub archive
{
    my ($change) = @_;
    my $dir = tempdir(CLEANUP => 1);
    mkdir "$dir/editions" or die "$dir: $!\n";
    write_editions("$dir/editions", editions($change));
    spew("$dir/rules.json", $RULES);
    return $dir;
}

sub batch
{
    my ($dir, @argv) = @_;
    return run_command(dir => $dir, argv => ['batch', '--no-config', '--progress', 'none', '--rules', 'rules.json', @argv]);
}

# What a report finds, a line each.
sub found
{
    my ($report) = @_;
    my @found;
    for my $verdict (@{$json->decode($report)->{verdicts}}) {
        my @files = map { my $path = $_->{place}{path}; ($path) = $path =~ /(\d{4})\.json$/; $path } @{$verdict->{terms}};
        push @found, join ' ', $verdict->{rule}, $verdict->{rule} =~ /across/ ? @files : $files[0], $verdict->{sum};
    }
    return [sort @found];
}

sub expected { return [sort map { join ' ', grep { defined } @$_ } @_] }

sub check_consistent
{
    my $dir = archive(sub { });
    my $run = batch($dir, '--across', 'editions');
    is $run->{stdout}, '', 'editions that agree: nothing is found';
    is $run->{status}, 0, 'their status is 0';
}

sub check_contradictions
{
    my ($dir, @expected) = @_;
    my $run = batch($dir, '--across', '-f', 'json', 'editions');
    is_deeply found($run->{stdout}), expected(@expected), 'all contradictions are found, and nothing else';
    is $run->{status}, 1, 'the status says so';
    my $without = batch($dir, '-f', 'json', 'editions');
    is_deeply found($without->{stdout}), expected($expected[0]), 'without --across, those within an edition';
    my $reversed = batch($dir, '--across', '-f', 'json', '-j', 1, map { "editions/bilan-$_.json" } reverse @YEARS);
    is_deeply found($reversed->{stdout}), expected(@expected), 'the same whatever the order';
    my $french = batch($dir, '--across', '--locale', 'fr', 'editions');
    like decode_utf8($french->{stdout}), qr{l'an passé, le chiffre était autre}, 'a reader of French is told in French';
    like $french->{stdout}, qr{--> editions/bilan-2016\.json.*--> editions/bilan-2017\.json}s, 'with both places';
}

# Figures changed at random are found, each once.
sub check_at_random
{
    for my $seed (1 .. 5) {
        my ($change, @expected) = random_contradictions($seed, 20);
        my $dir = archive($change);
        my $run = run_command(dir => $dir, argv => [qw(batch --no-config --across -f json editions)]);
        my @found = map { join ' ', $_->{terms}[0]{name}, map { $_ // '' } @{$_->{context}}{qw(period region)} }
            @{$json->decode($run->{stdout})->{verdicts}};
        is_deeply [sort @found], \@expected, "20 figures changed at random are found, and nothing else (seed $seed)";
    }
}

my @OUTPUTS = ('-f', 'json:report.json', '-f', 'text:report.txt', '--summary', 'summary.html');
my @FILES = qw(report.json report.txt summary.html summary.json);

sub files_in { my ($dir) = @_; return {map { ($_ => slurp("$dir/$_")) } @FILES} }

sub check_shards
{
    my ($dir) = @_;
    my $whole = batch($dir, '--across', @OUTPUTS, '--summary', 'summary.json', 'editions');
    my $expected = files_in($dir);
    unlink map { "$dir/$_" } @FILES;
    for my $part (1 .. 4) {
        my $run = batch($dir, '--across', '--shard', "$part/4", '-f', "json:shard-$part.json", 'editions');
        ok $run->{status} <= 1 && !-z "$dir/shard-$part.json", "shard $part/4";
    }
    my $merged = run_command(dir => $dir, argv => ['merge', @OUTPUTS, '--summary', 'summary.json', map { "shard-$_.json" } 3, 1, 4, 2]);
    is $merged->{status}, $whole->{status}, 'merged, the status is that of the whole run';
    is $merged->{stderr}, $whole->{stderr}, 'and what is said on stderr';
    my $got = files_in($dir);
    is_text $got->{$_}, $expected->{$_}, "$_ of the merged shards is that of the whole run" for @FILES;
}

sub check_refusals
{
    my ($dir) = @_;
    my %shard = map { ($_ => "shard-$_.json") } 1 .. 4;
    batch($dir, '--shard', '3/4', '-f', 'json:others.json', 'editions');
    batch($dir, '--across', '--shard', '3/5', '-f', 'json:fifth.json', 'editions');
    batch($dir, '--across', '-f', 'json:whole.json', 'editions');
    spew("$dir/cut.json", substr slurp("$dir/shard-3.json"), 0, -200);
    my @cases = (
        [[@shard{1, 2, 4}], qr{shard 3/4 is missing}],
        [[@shard{1, 2, 3}, 'shard-2.json'], qr{shard-2\.json: shard 2/4 is there twice}],
        [[@shard{1, 2, 4}, 'rules.json'], qr{rules\.json: this is no report of a shard}],
        [[@shard{1, 2, 4}, 'whole.json'], qr{whole\.json: this is no report of a shard}],
        [[@shard{1, 2, 4}, 'others.json'], qr{others\.json: made by other rules or options than shard-1\.json}],
        [[@shard{1, 2, 4}, 'fifth.json'], qr{fifth\.json: a part of 5, and shard-1\.json is one of 4}],
        [[@shard{1, 2, 4}, 'cut.json'], qr{cut\.json: the results in this report are damaged}],
        [[@shard{1, 2, 4}, 'none.json'], qr{none\.json: No such file}],
        [[], qr{nothing to merge: name the reports}],
    );
    for my $case (@cases) {
        my ($files, $message) = @$case;
        my $run = run_command(dir => $dir, argv => ['merge', @$files]);
        like $run->{stderr}, $message, "merge of @$files is refused";
        is "$run->{status} $run->{stdout}", '2 ', '… exits 2 and prints nothing';
    }
}

my ($change, @expected) = contradictions();
my $dir = archive($change);
check_consistent();
check_contradictions($dir, @expected);
check_at_random();
check_shards($dir);
check_refusals($dir);
done_testing;
