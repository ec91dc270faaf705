#!/usr/bin/perl
# Holds the house to its plan: which folder may include which, which library lives in which room, no mutable globals,
# no printing and no exit in the library rooms, and nothing at the top level that does not belong there.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Basename qw(dirname);
use Test::More;

# A folder includes only itself and those before it.
my @LAYERS = qw(base number read figure rule check report batch crossfoot);

# Library headers, and the only place that may include them.
my @LIBRARIES = (
    [qr/^gmp\.h$/ => qr{^cmd/number/}],
    [qr/^jansson\.h$/ => qr{^cmd/read/json\.c$}],
    [qr/^pcre2\.h$/ => qr{^cmd/rule/pattern\.c$}],
    [qr/^libstemmer\.h$/ => qr{^cmd/figure/}],
    [qr/^(?:md4c|gumbo|archive|archive_entry)\.h$/ => qr{^cmd/read/}],
    [qr{^libxml/} => qr{^cmd/read/}],
    [qr/^(?:emmintrin|arm_neon)\.h$/ => qr{^cmd/read/scan}],
);

# libc: of C11 and of POSIX.
my %LIBC = map { ("$_.h" => 1) } qw(assert ctype errno float inttypes iso646 limits locale math setjmp signal stdalign
    stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string time uchar wchar wctype
    dirent dlfcn fcntl fnmatch glob langinfo libgen poll pthread sched spawn strings unistd
    sys/mman sys/prctl sys/resource sys/stat sys/time sys/types sys/wait);

# What report knows of the rooms before it: numbers and findings, never rules or datasets.
my $NOT_IN_REPORT = qr{^(?:read/|figure/(?:dataset|lexicon)|rule/(?:pack|expr|pattern))};

my %rank = map { $LAYERS[$_] => $_ } 0 .. $#LAYERS;

sub include_fault
{
    my ($file, $mark, $header) = @_;
    my ($room) = $file =~ m{^cmd/([^/]+)/};
    if ($mark eq '"') {
        my ($other) = $header =~ m{^([^/]+)/};
        return 'without its folder' if !defined $other;
        return 'of no known folder' if !exists $rank{$other};
        return 'from a folder above its layer' if $rank{$other} > $rank{$room};
        return 'of a rule or dataset in a report' if $room eq 'report' && $header =~ $NOT_IN_REPORT;
        return;
    }
    return if $LIBC{$header};
    my ($library) = grep { $header =~ $_->[0] } @LIBRARIES;
    return 'of an unknown library' if !$library;
    return 'of a library outside its room' if $file !~ $library->[1];
    return;
}

sub check_includes
{
    my @faults;
    for my $file (files_below('cmd', qr/\.[ch]$/)) {
        my ($room) = $file =~ m{^cmd/([^/]+)/};
        push @faults, "$file: a folder that has no layer" if !defined $room || !exists $rank{$room};
        for my $line (split /\n/, slurp(root() . "/$file")) {
            next if $line !~ /^\s*#\s*include\s*(["<])([^">]+)/;
            my $fault = include_fault($file, $1, $2);
            push @faults, "$file: includes $2, $fault" if $fault;
        }
    }
    is join("\n", @faults), "", 'folders include only folders before them, libraries stand in their rooms';
}

sub tool_output
{
    open my $pipe, '-|', @_ or return;
    local $/;
    return scalar(<$pipe>) // '';
}

# Objects of the build under test. The sanitisers and the coverage counters add globals of their own.
sub objects
{
    my ($build) = program() =~ m{^(.*/plain)/crossfoot$} or return ();
    return glob "$build/cmd/*/*.o";
}

# Tables of constant pointers lie in .data.rel.ro: written by the loader only.
sub check_globals
{
    my @faults;
    for my $object (objects()) {
        for my $line (split /\n/, tool_output('objdump', '-t', $object)) {
            next if $line !~ /^\S+ (.{7}) (\S+)\t\S+\s+(\S+)/;
            my ($flags, $section, $name) = ($1, $2, $3);
            next if $flags =~ /[df]/ || $section !~ /^(?:\.t?(?:data|bss)(?!\.rel\.ro)|\*COM\*)/;
            push @faults, "$object: $name";
        }
    }
    is join("\n", @faults), "", 'no mutable globals';
}

# Results leave by way of report/ and the JSON writer, into the outfile that main opened.
sub check_effects
{
    my @faults;
    for my $object (objects()) {
        next if $object =~ m{/cmd/crossfoot/};
        my $writes = $object =~ m{/cmd/report/|/cmd/base/(?:json_writer|file)\.o$};
        for my $name (tool_output('nm', '-u', '--format=posix', $object) =~ /^(\w+)/mg) {
            my $bad = $name =~ /^(?:v?printf|puts|putchar|perror|stderr|_?exit|_Exit|quick_exit)$/
                || (!$writes && $name =~ /^(?:v?fprintf|fputs|fputc|putc|fwrite|stdout)$/);
            push @faults, "$object: $name" if $bad;
        }
    }
    is join("\n", @faults), "", 'library rooms neither print nor exit';
}

sub check_top_level
{
    my @entries = split /\0/, tool_output('git', '-C', root(), 'ls-files', '-z') // '';
    my %top = map { m{^([^/]+)} => 1 } @entries;
    my @odd = grep { !/^(?:cmd|rules|schemas|fixtures|t|Makefile|README\.md|LICENSE|\..*)$/ } sort keys %top;
    is join("\n", @odd), "", 'nothing at the top level but what belongs there';
}

check_includes();
SKIP: {
    skip 'only the plain build is looked into', 2 if !objects();
    check_globals();
    check_effects();
}
SKIP: {
    skip 'not a checkout', 1 if !-e root() . '/.git';
    check_top_level();
}
done_testing;
