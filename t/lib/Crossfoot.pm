# What the tests share: the repository, the program, how a command is run and how two texts are compared.
#
#     my $run = run_command(dir => 'fixtures/anct-2024', argv => ['check', 'figures.json']);
#     is $run->{status}, 0;
#     is_text $run->{stdout}, '', 'a clean dataset prints nothing';
package Crossfoot;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Find ();
use File::Spec;
use File::Temp ();
use POSIX ();
use Test::More;

our @EXPORT = qw(root program slurp spew files_below run_command text_diff is_text);

# Seconds that one command may take. The sanitisers need a multiple of the plain build's time.
use constant TIME_LIMIT => 60;

my $root = abs_path(dirname(__FILE__) . '/../..');

sub root { return $root }

sub program
{
    my $path = $ENV{CROSSFOOT} // "$root/build/plain/crossfoot";
    return File::Spec->rel2abs($path, $root);
}

sub slurp
{
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar(<$in>) // '';
}

sub spew
{
    my ($path, $text) = @_;
    open my $out, '>:raw', $path or die "$path: $!\n";
    print {$out} $text or die "$path: $!\n";
    close $out or die "$path: $!\n";
}

# The files below a folder of the repository whose name matches, as sorted paths from the root.
sub files_below
{
    my ($folder, $pattern) = @_;
    my @found;
    return () if !-d "$root/$folder";
    File::Find::find({no_chdir => 1, wanted => sub { push @found, $_ if -f && /$pattern/ }}, "$root/$folder");
    return sort map { File::Spec->abs2rel($_, $root) } @found;
}

# The same environment for every run: the terminal, the language and the colours of whoever runs the tests are not
# the tests' business. What steers the sanitisers and the coverage counters is let through.
sub clean_environment
{
    my %keep = map { $_ => $ENV{$_} } grep { /^(?:PATH|TMPDIR|(?:[AULT]SAN|GCOV)\w*)$/ } keys %ENV;
    return (%keep, LC_ALL => 'C.UTF-8');
}

# Runs `argv` (of the program; a full command with `command => 1`) in the folder `dir`.
# Optional: `env` on top of the clean environment, `stdin` a path, `merged` for stderr within stdout.
# Gives {status, stdout, stderr}; the status of a killed process is text, "signal 6".
sub run_command
{
    my (%run) = @_;
    my @argv = $run{command} ? @{$run{argv}} : (program(), @{$run{argv}});
    my ($out, $err) = (File::Temp->new, File::Temp->new);
    my $child = fork // die "fork: $!\n";
    if (!$child) {
        %ENV = (clean_environment(), %{$run{env} // {}});
        eval {
            chdir File::Spec->rel2abs($run{dir} // '.', $root) or die "$run{dir}: $!\n";
            open STDIN, '<', $run{stdin} // '/dev/null' or die "$run{stdin}: $!\n";
            open STDOUT, '>', "$out" or die "$out: $!\n";
            open STDERR, $run{merged} ? '>&STDOUT' : ">$err" or die "$err: $!\n";
            alarm TIME_LIMIT;
            no warnings "exec";
            exec {$argv[0]} @argv;
        };
        print STDERR "cannot run $argv[0]: ", $@ || "$!\n";
        POSIX::_exit(127);
    }
    waitpid $child, 0;
    my $status = $? & 127 ? 'signal ' . ($? & 127) : $? >> 8;
    return {status => $status, stdout => slurp("$out"), stderr => slurp("$err")};
}

# A unified diff, empty when the texts are equal.
sub text_diff
{
    my ($expected, $got, $name) = @_;
    return '' if $expected eq $got;
    my ($a, $b) = (File::Temp->new, File::Temp->new);
    spew("$a", $expected);
    spew("$b", $got);
    open my $diff, '-|', 'diff', '-u', '--label', "expected $name", '--label', "got $name", "$a", "$b"
        or die "diff: $!\n";
    local $/;
    return <$diff>;
}

sub is_text
{
    my ($got, $expected, $name) = @_;
    my $diff = text_diff($expected, $got, $name);
    ok $diff eq '', $name or diag $diff;
    return $diff eq '';
}

1;
