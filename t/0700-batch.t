#!/usr/bin/perl
# crossfoot batch: members out of anything, hostile archives, and runs that are disturbed.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Archive::Tar;
use Crossfoot;
use File::Temp qw(tempdir);
use IO::Compress::Bzip2 qw(bzip2);
use IO::Compress::Gzip qw(gzip);
use IO::Compress::Zip qw($ZipError);
use POSIX ();
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $PACK = '{"pack": "vote", "rules": [{"id": "votants", "check": "votants <= inscrits"}]}';
my $GOOD = '{"figures": {"inscrits": 598, "votants": 498}}';
my $BAD = '{"figures": {"inscrits": 209, "votants": 290}}';
spew("$dir/vote.json", $PACK);

sub batch
{
    my (@argv) = @_;
    my %more = @argv && ref $argv[-1] ? %{pop @argv} : ();
    return run_command(dir => $dir, argv => ['batch', '--no-config', '--rules', 'vote.json', @argv], %more);
}

# The places of the findings of a text report.
sub places { my ($run) = @_; return join ' ', $run->{stdout} =~ /--> (\S+)/g }

# The errors on stderr, without the summary.
sub errors { my ($run) = @_; return grep { /error:/ } split /\n/, $run->{stderr} }

sub summary { my ($run) = @_; my ($line) = $run->{stderr} =~ /^crossfoot: (.*)$/m; return $line }

sub tar_of
{
    my ($path, @members) = @_;
    my $tar = Archive::Tar->new;
    while (my ($name, $bytes) = splice @members, 0, 2) {
        my $file = Archive::Tar::File->new(data => 'x', $bytes);
        # Archive::Tar would make the name harmless.
        $file->name($name);
        $file->prefix('');
        $tar->add_files($file);
    }
    $tar->write("$dir/$path");
}

sub zip_of
{
    my ($path, @members) = @_;
    my $zip;
    while (my ($name, $bytes) = splice @members, 0, 2) {
        if ($zip) {
            $zip->newStream(Name => $name);
        }
        else {
            $zip = IO::Compress::Zip->new("$dir/$path", Name => $name) or die $ZipError;
        }
        $zip->print($bytes);
    }
    $zip->close;
}

# One finding wherever the member stands.
sub check_containers
{
    my $lines = "$GOOD\n\n$BAD\n";
    spew("$dir/x.ndjson", $lines);
    spew("$dir/list.json", "[\n  $GOOD,\n  $BAD ]\n");
    spew("$dir/several.json", "$GOOD $BAD");
    spew("$dir/one.json", $BAD);
    gzip \$lines, "$dir/x.ndjson.gz";
    bzip2 \$lines, "$dir/x.ndjson.bz2";
    tar_of('a.tar', '2019/good.json', $GOOD, '2019/bad.json', $BAD, 'README', 'read me', 'x.ndjson', $lines);
    gzip "$dir/a.tar", "$dir/a.tar.gz";
    zip_of('a.zip', 'bad.json', $BAD, 'inner.tar', slurp("$dir/a.tar"));
    my %expected = (
        'x.ndjson' => 'x.ndjson:3:26',
        'list.json' => 'list.json:3:28',
        'several.json' => 'several.json:1:73',
        'one.json' => 'one.json:1:26',
        'x.ndjson.gz' => 'x.ndjson.gz:3:26',
        'x.ndjson.bz2' => 'x.ndjson.bz2:3:26',
        'a.tar.gz' => 'a.tar.gz/2019/bad.json:1:26 a.tar.gz/x.ndjson:3:26',
        'a.zip' => 'a.zip/bad.json:1:26 a.zip/inner.tar/2019/bad.json:1:26 a.zip/inner.tar/x.ndjson:3:26',
    );
    for my $name (sort keys %expected) {
        my $run = batch($name);
        is places($run), $expected{$name}, "$name: the finding and its place";
        is $run->{status}, 1, "$name: status 1";
        is scalar(errors($run)), 0, "$name: no error" or diag $run->{stderr};
    }
    my $json = batch('-f', 'json', 'a.zip')->{stdout};
    like $json, qr{"path": "a\.zip", "member": "inner\.tar/x\.ndjson"}, 'JSON tells archive and member apart';
    like batch('-f', 'json', 'list.json')->{stdout}, qr{"pointer": "/1/figures/votants", "line": 3, "column": 44, "start": 95},
        'in a list, places are those of the file';
    for my $name (qw(x.ndjson several.json one.json list.json)) {
        is places(batch('-', {stdin => "$dir/$name"})), $expected{$name} =~ s/^[^:]+/-/r, "$name on standard input";
    }
}

# Each: one error line with the member's name, status 2, and the other member is judged.
sub check_hostile
{
    my $bomb = "\0" x 30_000_000;
    my %archives = (
        'bomb.zip' => sub { zip_of($_[0], 'bomb.json', $bomb, 'bad.json', $BAD) },
        'bomb.tar.gz' => sub { tar_of('bomb.tar', 'bomb.json', $bomb, 'bad.json', $BAD); gzip "$dir/bomb.tar", "$dir/$_[0]" },
        'up.tar' => sub { tar_of($_[0], '../bomb.json', $GOOD, 'bad.json', $BAD) },
        'root.tar' => sub { tar_of($_[0], '/bomb.json', $GOOD, 'bad.json', $BAD) },
        'rubbish.tar' => sub { tar_of($_[0], 'bomb.json', "rubbish", 'bad.json', $BAD) },
        'text.tar' => sub { tar_of($_[0], 'bomb.json', "This is no JSON,\nin many words.\n", 'bad.json', $BAD) },
        'behind.tar' => sub { tar_of($_[0], 'bomb.json', "$GOOD and more words", 'bad.json', $BAD) },
        'mark.tar' => sub { tar_of($_[0], 'bomb.json', "\xef\xbb\xbf$GOOD", 'bad.json', $BAD) },
        'binary.tar' => sub { tar_of($_[0], 'bomb.json', "\x80\xff\0", 'bad.json', $BAD) },
        'deep.tar' => sub { tar_of($_[0], 'bomb.json', '[' x 5000, 'bad.json', $BAD) },
    );
    for my $name (sort keys %archives) {
        $archives{$name}->($name);
        my $run = batch($name);
        is $run->{status}, 2, "$name: status 2";
        is scalar(errors($run)), 1, "$name: one error line" or diag $run->{stderr};
        like +(errors($run))[0], qr{^\Q$name\E/(?:\.\./|/)?bomb\.json:}, "$name: with the member's name";
        is places($run), "$name/bad.json:1:26", "$name: the other member is judged";
        unlike summary($run), qr/[2-9]\d* unread/, "$name: one member is unread";
    }
    ok !-e "$dir/../bomb.json", 'nothing is written outside';

    my $run = batch('--max-member', '1K', 'list.json', 'large.json', {});
    spew("$dir/large.ndjson", "$GOOD\n" . '{"figures": {' . '"x": 1, ' x 400 . "\n$BAD\n");
    $run = batch('--max-member', '1K', 'large.ndjson');
    is join(' ', map { /^(\S+):/ } errors($run)), 'large.ndjson:2', 'a line over --max-member is one error';
    is places($run), 'large.ndjson:3:26', 'and the next line is judged';

    spew("$dir/none.tar", "\0" x 10240);
    spew("$dir/none.zip", "PK\x05\x06" . "\0" x 18);
    for my $name (qw(none.tar none.zip)) {
        $run = batch($name, 'one.json');
        is join("\n", errors($run)), "$name: error: the archive is empty", "$name: told as empty";
        is "$run->{status} " . places($run), '2 one.json:1:26', "$name: the rest is judged";
    }
    spew("$dir/cut.ndjson.gz", substr slurp("$dir/x.ndjson.gz"), 0, -12);
    gzip \join('', map { "$BAD\n" . (join '', map { chr 32 + rand 60 } 1 .. 40) . "\n" } 1 .. 3), "$dir/long.ndjson.gz";
    $run = batch('cut.ndjson.gz', 'one.json');
    is scalar(errors($run)), 1, 'a gz that is cut off: one error line' or diag $run->{stderr};
    is $run->{status}, 2, 'status 2';
    like places($run), qr/\bone\.json:1:26$/, 'and the rest is judged';
    mkdir "$dir/empty";
    spew("$dir/empty.$_", '') for qw(json ndjson);
    $run = batch('empty', 'empty.json', 'empty.ndjson', 'one.json');
    is scalar(errors($run)), 3, 'an empty folder and empty files are errors' or diag $run->{stderr};
    is places($run), 'one.json:1:26', 'of their own';
    $run = batch('missing.json', 'one.json');
    is "$run->{status} " . places($run), '2 one.json:1:26', 'a path that is not there is an error of its own';
    is batch('--max-unread', '1', 'missing.json', 'one.json')->{status}, 1, '--max-unread allows it';
}

# The configuration is none of the members, whatever it looks like and whatever stood before it.
sub check_configuration
{
    mkdir "$dir/configured";
    spew("$dir/configured/$_.json", $GOOD) for qw(a b crossfoot my-crossfoot);
    is summary(batch('-j', 1, 'configured')), '3 members, 6 figures, 3 judged, 0 findings, 1 passed over',
        'crossfoot.json is passed over, and no other file';
}

sub check_folders
{
    mkdir "$dir/tree";
    mkdir "$dir/tree/$_" for qw(a b drafts);
    spew("$dir/tree/a/1.json", $BAD);
    spew("$dir/tree/a/2.json", $BAD);
    spew("$dir/tree/b/1.json", $BAD);
    spew("$dir/tree/drafts/1.json", $BAD);
    spew("$dir/tree/b/note.bin", 'x');
    is places(batch('tree')), join(' ', map { "tree/$_.json:1:26" } qw(a/1 a/2 b/1 drafts/1)), 'a folder, sorted';
    spew("$dir/tree/.crossfootignore", "# not yet\ndrafts/\n/a/*\n!2.json\n");
    is places(batch('tree')), join(' ', map { "tree/$_.json:1:26" } qw(a/2 b/1)), '.crossfootignore';
    unlink "$dir/tree/.crossfootignore";
    is places(batch('--include', '1.*', '--exclude', 'drafts/*', 'tree')), 'tree/a/1.json:1:26 tree/b/1.json:1:26',
        '--include and --exclude';
    spew("$dir/list", "tree/b/1.json\0tree/a/2.json\0");
    is places(batch('--files-from', 'list', '-0')), 'tree/b/1.json:1:26 tree/a/2.json:1:26', '--files-from, -0';
    spew("$dir/tree/a/1.json", '{"figures": {"inscrits": 209}}');
    spew("$dir/tree/a/2.json", '{"figures": {"votants": 290}}');
    my $run = batch('--by', 'folder', '--exclude', 'drafts/*', 'tree');
    is places($run), 'tree/a/1.json:1:26 tree/a/2.json:1:25 tree/b/1.json:1:26', '--by folder: its files are one dossier';
    like summary($run), qr/^2 members, 4 figures, 2 judged/, 'one member a folder';
    my ($one, $two) = map { slurp("$dir/tree/a/$_.json") } 1, 2;
    tar_of('mixed.tar', 'a/1.json', $one, 'a/b/1.json', $BAD, 'a/2.json', $two);
    is places(batch('--by', 'folder', 'mixed.tar')), 'mixed.tar/a/1.json:1:26 mixed.tar/a/2.json:1:25 mixed.tar/a/b/1.json:1:26',
        '--by folder: also when its files do not stand together in an archive';
}

# Of one file, batch says what check says.
sub check_likeness
{
    my $twins = 'fixtures/anct-2024/twins';
    my @rules = ('--no-config', '--rules', 'rules/anct-2024.json');
    for my $path (files_below($twins, qr/\.json$/), 'fixtures/editor/communique.md') {
        for my $form (['-f', 'text'], ['-f', 'json', '--all'], ['--unchecked']) {
            my ($check, $batch) =
                map { run_command(dir => root(), argv => [$_, @rules, @{$form}, $path])->{stdout} } qw(check batch);
            is_text $batch, $check, "$path: as check says, @{$form}" if $check ne $batch || $form->[0] eq '--unchecked';
        }
    }
}

sub check_nested
{
    zip_of('inner.zip', 'good.json', $GOOD, 'bad.json', $BAD);
    gzip \$BAD, "$dir/bad.json.gz";
    tar_of('nested.tar', 'x/inner.zip', slurp("$dir/inner.zip"), 'x/bad.json.gz', slurp("$dir/bad.json.gz"));
    my $run = batch('nested.tar');
    is places($run), 'nested.tar/x/inner.zip/bad.json:1:26 nested.tar/x/bad.json.gz:1:26', 'archives in an archive';
    is $run->{status}, 1, 'without an error' or diag $run->{stderr};
    tar_of('third.tar', 'nested.tar', slurp("$dir/nested.tar"), 'bad.json', $BAD);
    $run = batch('third.tar');
    is places($run), 'third.tar/bad.json:1:26', 'one level of them';
    is scalar(errors($run)), 2, 'what lies deeper is told';
}

# A worker that stands still is ended, and what it was at is judged by another.
sub check_timeout
{
    my ($undisturbed) = @_;
    my $run = start_batch('--timeout', '1', '-f', 'json:report.json', '-j', '2', 'many.ndjson');
    my @workers;
    select undef, undef, undef, 0.01 while !(@workers = children_of($run)) && !waitpid $run, POSIX::WNOHANG();
    kill 'STOP', $workers[0] if @workers;
    waitpid $run, 0;
    is slurp("$dir/report.json"), $undisturbed, '--timeout: a worker that stands still is replaced';
}

# Many members, of which some are wrong in one way or another.
my $MANY = 6000;

sub make_many
{
    open my $out, '>', "$dir/many.ndjson" or die;
    for my $i (1 .. $MANY) {
        my $figures = join ', ', map { "\"n$_\": " . ($i * 31 + $_) } 1 .. 40;
        my $votants = $i % 997 ? 10 : 500;
        print {$out} $i % 1499 ? "{\"figures\": {$figures, \"inscrits\": 209, \"votants\": $votants}}\n" : "rubbish\n";
    }
    close $out;
}

sub check_workers
{
    my $one = batch('-j', '1', '-f', 'json', 'many.ndjson');
    my $summary = summary($one);
    like $summary, qr/^$MANY members, .* 6 findings, .*4 unread$/, 'all members are judged';
    for my $jobs (2, 7) {
        my $run = batch('-j', $jobs, '-f', 'json', 'many.ndjson');
        ok $run->{stdout} eq $one->{stdout} && $run->{stderr} eq $one->{stderr}, "-j $jobs: the same report";
    }
    my $long = ("$GOOD\n" x 30000) . '{"figures": {' . ('"x": 1, ' x 200_000) . "\n$BAD\n" . ("$GOOD\n" x 30000) . "rubbish\n$BAD";
    spew("$dir/long.ndjson", $long);
    my $run = batch('--max-member', '1M', 'long.ndjson');
    is places($run), 'long.ndjson:30002:26 long.ndjson:60004:26', 'lines are counted over parcels';
    is join(' ', map { /^(\S+):/ } errors($run)), 'long.ndjson:30001 long.ndjson:60003:1', 'over a line that is too large too';
    for my $other (batch('--max-member', '1M', '--type', 'ndjson', '-', {stdin => "$dir/long.ndjson"}),
        batch('--max-member', '1M', '--journal', 'long.journal', 'long.ndjson')) {
        is places($other) =~ s/-:/long.ndjson:/gr, places($run), 'whoever reads it';
    }
    my %seen;
    for my $shard (1 .. 4) {
        my $run = batch('--shard', "$shard/4", 'many.ndjson');
        $seen{$_}++ for split / /, places($run);
    }
    is scalar(keys %seen), 6, 'shards find all';
    is scalar(grep { $_ != 1 } values %seen), 0, 'each once';
    return $one;
}

# A member that takes too long, or too much memory, costs itself.
sub check_runaways
{
    my $huge = '{"figures": {' . join(', ', map { "\"n$_\": $_" } 1 .. 200_000) . '}}';
    tar_of('heavy.tar', 'a.json', $GOOD, 'heavy.json', $huge, 'bad.json', $BAD);
    my $run = batch('--memory', '24M', 'heavy.tar');
    SKIP: {
        skip 'the sanitisers take memory of their own', 3 if program() =~ m{/san/};
        is join("\n", errors($run)),
            'heavy.tar/heavy.json: error: not evaluated: it needs more memory than --memory, 25165824 bytes', '--memory';
        is places($run), 'heavy.tar/bad.json:1:26', 'the others are judged';
        is $run->{status}, 2, 'status 2';
    }
}

my $JOURNAL = "$dir/run.journal";
my @LONG = ('-j', '2', '-f', 'json:report.json', '--journal', 'run.journal', 'many.ndjson');

# Starts a run that is going to be disturbed; its process.
sub start_batch
{
    my (@argv) = @_;
    my $child = fork // die "fork: $!";
    return $child if $child;
    chdir $dir;
    open STDERR, '>', '/dev/null';
    open STDIN, '<', '/dev/null';
    no warnings "exec";
    exec program(), 'batch', '--no-config', '--rules', 'vote.json', @argv;
    POSIX::_exit(127);
}

# The processes that a process has started.
sub children_of
{
    my ($parent) = @_;
    return grep { (slurp_if("/proc/$_/stat") =~ /^\d+ \(.*\) \S (\d+)/s ? $1 : 0) == $parent }
        map { m{/(\d+)$} ? $1 : () } glob '/proc/[0-9]*';
}

sub slurp_if { my ($path) = @_; open my $in, '<', $path or return ''; local $/; return scalar(<$in>) // '' }

# Killed at any moment, the same command goes on, and the report is what it would have been.
sub check_kills
{
    my ($undisturbed) = @_;
    my ($kills, $whole, $different) = (0, 0, 0);
    # The sanitizer looks for leaks in a child of its own when the program ends: killed, it would be waited for forever.
    local $ENV{ASAN_OPTIONS} = join ':', grep { defined } $ENV{ASAN_OPTIONS}, 'detect_leaks=0';
    srand 7;
    while ($kills < 50) {
        my $run = start_batch(@LONG);
        select undef, undef, undef, rand 0.25;
        my @workers = children_of($run);
        my $victim = $kills % 2 && @workers ? $workers[rand @workers] : $run;
        $kills += kill 'KILL', $victim;
        waitpid $run, 0;
        next if $? & 127;
        $whole++;
        $different++ if slurp("$dir/report.json") ne $undisturbed;
        unlink $JOURNAL, "$dir/report.json";
    }
    my $run = batch(@LONG);
    $different++ if slurp("$dir/report.json") ne $undisturbed;
    is $different, 0, "$kills kills, $whole runs that ended in spite of them, the same report each time";
    is_deeply [glob "$dir/report.json.*"], [], 'no report is left half written' if !$whole;
    $run = batch(@LONG);
    is slurp("$dir/report.json"), $undisturbed, 'a journal of a whole run gives the report again';
}

# A limit on the size of files stands for a full disk.
sub check_full_disk
{
    my ($undisturbed) = @_;
    unlink $JOURNAL, "$dir/report.json";
    my @command = (program(), 'batch', '--no-config', '--rules', 'vote.json', @LONG);
    my $run = run_command(command => 1, dir => $dir, argv => ['sh', '-c', 'ulimit -f 128; exec "$@"', 'sh', @command]);
    is $run->{status}, 3, 'a full disk: status 3';
    like $run->{stderr}, qr/^crossfoot batch: .*cannot write: /m, 'and says so';
    ok !-e "$dir/report.json", 'no report appears';
    $run = batch(@LONG);
    is slurp("$dir/report.json"), $undisturbed, 'then nothing is lost';
    is batch('one.json', '-f', 'json:/dev/full/x')->{status}, 3, 'a report that cannot be written: status 3';
}

# What has changed since is told and judged again.
sub check_changes
{
    unlink $JOURNAL;
    batch(@LONG);
    my $lines = slurp("$dir/many.ndjson") =~ s/"n1": \d+/"n1": 0/r;
    spew("$dir/many.ndjson", $lines);
    my $run = batch(@LONG);
    like $run->{stderr}, qr/^crossfoot batch: run\.journal: what has changed since is checked again, from many\.ndjson on$/m,
        'a changed member is told';
    spew("$dir/vote.json", $PACK =~ s/<=/</r);
    $run = batch(@LONG);
    like $run->{stderr}, qr/^crossfoot batch: run\.journal: .*other rules/m, 'changed rules are told';
    spew("$dir/vote.json", $PACK);
    spew($JOURNAL, 'my diary, which is no journal of crossfoot');
    is batch(@LONG)->{status}, 3, 'what is no journal is not written over';
    like slurp($JOURNAL), qr/^my diary/, 'indeed';
}

check_containers();
check_hostile();
check_folders();
check_configuration();
check_likeness();
check_nested();
make_many();
my $undisturbed = check_workers()->{stdout};
check_runaways();
check_timeout($undisturbed);
check_kills($undisturbed);
check_full_disk($undisturbed);
check_changes();
done_testing;
