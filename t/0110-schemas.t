#!/usr/bin/perl
# The schemas, by an independent validator: they are valid themselves, their examples hold, and the program prints them
# as they are; they accept every dataset, pack, shape and configuration that the program accepts here, and every report that
# it prints; and what they refuse, the program refuses too. fixtures/schemas/KIND.{accepted,refused}.json hold
# instances for that by name.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $dir = tempdir(CLEANUP => 1);
my $files = 0;

# The checks, validated together at the end: a validator starts slowly.
my @checks;

sub expect_valid { push @checks, {schema => $_[0], file => $_[1], name => $_[2] // $_[1], valid => 1} }

sub expect_refused { push @checks, {schema => $_[0], file => $_[1], name => $_[2] // $_[1], valid => 0} }

# Which schema a JSON text is of, by its members; none for what is no such thing, or no JSON at all.
sub kind_of
{
    my ($text) = @_;
    my $value = eval { $json->decode($text) };
    return if ref $value ne 'HASH';
    return 'report' if exists $value->{crossfoot};
    return 'pack' if exists $value->{pack};
    return 'shape' if exists $value->{shape};
    return 'dataset' if exists $value->{figures};
    return;
}

sub check_schemas
{
    for my $path (files_below('schemas', qr/\.json$/)) {
        push @checks, {schema => $path, name => "$path and its examples", valid => 1};
        my ($name) = $path =~ m{([^/]+)\.schema\.json$};
        my $run = run_command(dir => root(), argv => ['schema', $name]);
        is_text $run->{stdout}, slurp(root() . "/$path"), "crossfoot schema $name prints it";
    }
}

# A case that ends with status 2 may hold input that no schema accepts; the others may not.
sub wrong_on_purpose
{
    my ($path) = @_;
    return $path =~ m{^fixtures/(?:schemas|cases/wrong)/};
}

sub check_files
{
    for my $path (files_below('rules', qr/\.json$/), files_below('fixtures', qr/\.(?:json|stdout)$/)) {
        next if wrong_on_purpose($path);
        my $kind = $path =~ m{/crossfoot\.json$} ? 'config' : kind_of(slurp(root() . "/$path"));
        expect_valid($kind, $path) if $kind;
    }
}

sub check_reports
{
    for my $path (files_below('fixtures', qr/\.json$/)) {
        next if wrong_on_purpose($path) || (kind_of(slurp(root() . "/$path")) // '') ne 'dataset';
        my $run = run_command(dir => root(), argv => [qw(check --all --no-config -f json --rules rules/anct-2024.json), $path]);
        my $file = "$dir/" . $files++ . '.json';
        spew($file, $run->{stdout});
        expect_valid('report', $file, "the report on $path");
    }
}

# What batch writes: the report of a shard, which carries its results, and the summary.
sub check_batch
{
    my @figures = files_below('fixtures/anct-2024', qr/\.json$/);
    my ($report, $summary) = map { "$dir/" . $files++ . '.json' } 1 .. 2;
    run_command(dir => root(), argv => [qw(batch --across --shard 1/1 --no-config --rules rules/anct-2024.json), '-f',
        "json:$report", '--summary', $summary, @figures, 'fixtures/cases/wrong']);
    expect_valid('report', $report, 'the report of a shard');
    expect_valid('summary', $summary, 'the summary of a run');
}

# The status of the program when it reads this instance.
my %READ = (
    dataset => sub { (dir => $dir, argv => ['check', '--no-config', $_[0]]) },
    pack => sub { (dir => $dir, argv => ['rules', '--no-config', $_[0]]) },
    shape => sub {
        spew("$dir/figures.dataset", '{"figures": {"a": 1}}');
        return (dir => $dir, argv => ['check', '--no-config', '--shape', $_[0], 'figures.dataset']);
    },
    config => sub {
        my $folder = "$_[0].d";
        mkdir $folder;
        spew("$folder/crossfoot.json", slurp($_[0]));
        spew("$folder/figures.json", '{"figures": {"a": 1}}');
        return (dir => $folder, argv => ['check', 'figures.json']);
    },
);

sub check_instances
{
    for my $kind (sort keys %READ) {
        for my $list (['accepted', \&expect_valid], ['refused', \&expect_refused]) {
            my ($name, $expect) = @{$list};
            my $instances = $json->decode(slurp(root() . "/fixtures/schemas/$kind.$name.json"));
            for my $title (sort keys %{$instances}) {
                my $file = "$dir/" . $files++ . '.json';
                spew($file, $json->encode($instances->{$title}));
                $expect->($kind, $file, "$kind $name: $title");
                my $run = run_command($READ{$kind}->($file));
                my $refused = $run->{status} eq '2';
                ok $refused == ($name eq 'refused'), "the program too, $kind $name: $title"
                    or diag "status $run->{status}: $run->{stderr}";
            }
        }
    }
}

sub validate_all
{
    for my $check (@checks) {
        $check->{schema} = "schemas/$check->{schema}.schema.json" if $check->{schema} !~ m{/};
    }
    my $input = "$dir/checks";
    spew($input, join '', map { $json->encode({%{$_}{grep { $_ eq 'schema' || $_ eq 'file' } keys %{$_}}}) . "\n" } @checks);
    my $run = run_command(command => 1, dir => root(), stdin => $input,
                          argv => ['/usr/bin/python3', '-W', 'ignore', "$FindBin::Bin/lib/validate.py"]);
    is $run->{status}, 0, 'the validator (Debian package python3-jsonschema) runs' or diag $run->{stderr};
    my @faults = split /\n/, $run->{stdout}, -1;
    for my $i (0 .. $#checks) {
        my ($name, $fault) = ($checks[$i]{name}, $faults[$i] // 'not looked at');
        ok $checks[$i]{valid} == ($fault eq ''), "the schema, $name" or diag $fault;
    }
}

check_schemas();
check_files();
check_reports();
check_batch();
check_instances();
validate_all();
done_testing;
