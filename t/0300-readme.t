#!/usr/bin/perl
# Runs the README. In a ```console block a line "$ command" is run and the lines behind it are exactly what it prints,
# on either stream; a line "…" stands for any lines. Commands run in a fresh copy of the repository, one shell a block,
# with the program built on the PATH. Commands that install (make, apt, sudo, git) are not run, but the make targets
# must exist. A block behind <!-- not run: reason --> is not run either.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;

# The console blocks, each {line, run, commands}, a command {text, output}.
sub blocks
{
    my ($text) = @_;
    my (@blocks, $block, $last);
    my ($number, $off) = (0, 0);
    for my $line (split /\n/, $text) {
        $number++;
        if (!$block) {
            $block = {line => $number, run => !$off, commands => []} if $line =~ /^```console\s*$/;
            $off = 1 if $line =~ /^<!-- not run: .+ -->$/;
            $off = 0 if $line =~ /^```/;
            next;
        }
        if ($line =~ /^```/) {
            push @blocks, $block;
            ($block, $last) = ();
        }
        elsif ($line =~ /^\$ (.*)/) {
            $last = {text => $1, output => ''};
            push @{$block->{commands}}, $last;
        }
        elsif ($last && $last->{text} =~ /\\$/) {
            $last->{text} .= "\n" . $line =~ s/^> //r;
        }
        else {
            die "README.md:$number: output without a command\n" if !$last;
            $last->{output} .= "$line\n";
        }
    }
    return @blocks;
}

sub installs { return $_[0] =~ /^(?:make|sudo|apt|apt-get|git)\b/ }

sub check_targets
{
    my ($command) = @_;
    my $makefile = slurp(root() . '/Makefile');
    return if $command !~ /^(?:sudo )?make\b(.*)/;
    for my $target (grep { !/=|^-/ } split ' ', $1 =~ s/#.*//r) {
        ok $makefile =~ /^(?:[\w ]+ )?\Q$target\E(?: [\w ]+)?:/m, "make has the target $target";
    }
}

# Runs the commands in one shell; a line with a byte 1 ends the output of each. $? stays what the command left.
sub run_block
{
    my ($dir, @commands) = @_;
    my $script = join '', map { "$_->{text}\n{ status=\$?; printf '\\001\\n'; (exit \$status); }\n" } @commands;
    my $run = run_command(command => 1, argv => ['/bin/sh', '-c', $script], dir => $dir, merged => 1,
                          env => {PATH => dirname(program()) . ":$ENV{PATH}"});
    return split /\001\n/, $run->{stdout}, -1;
}

sub output_pattern
{
    my ($text) = @_;
    my $pattern = join '', map { $_ eq "…\n" ? '(?:.*\n)*' : quotemeta } $text =~ /(.*\n)/g;
    return qr/\A$pattern\z/;
}

sub fresh_copy
{
    my $dir = tempdir(CLEANUP => 1);
    my $root = root();
    system("cd '$root' && git ls-files -z | tar --null -cf - -T - | tar -xf - -C '$dir'") == 0
        or BAIL_OUT('cannot copy the repository');
    return $dir;
}

my @blocks = blocks(slurp(root() . '/README.md'));
ok scalar @blocks, 'README.md has console blocks';
my $dir = fresh_copy();
for my $block (@blocks) {
    check_targets($_->{text}) for @{$block->{commands}};
    next if !$block->{run};
    my @commands = grep { !installs($_->{text}) } @{$block->{commands}};
    my @outputs = run_block($dir, @commands);
    for my $i (0 .. $#commands) {
        my ($text, $expected, $got) = ($commands[$i]{text}, $commands[$i]{output}, $outputs[$i] // '');
        ok $got =~ output_pattern($expected), "README.md:$block->{line}: $text" or diag text_diff($expected, $got, $text);
    }
}
done_testing;
