#!/usr/bin/perl
# The recipes of the README for many machines. A real Slurm of one node is started on the loopback, in a folder of its
# own, and runs the job array and the merge that depends on it; GNU parallel runs its recipe. Each report is that of a
# single run, byte for byte. What is not installed (Debian: slurmctld slurmd munge; parallel) is skipped.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use Editions;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Socket::INET;
use POSIX ();
use Sys::Hostname;
use Test::More;
use Time::HiRes qw(sleep time);

$ENV{PATH} .= ':/usr/sbin:/sbin';

# Seconds that a daemon may take to start, and the jobs to end.
use constant {START_LIMIT => 20, JOB_LIMIT => 120};

sub is_installed { my ($tool) = @_; return scalar grep { -x "$_/$tool" } split /:/, $ENV{PATH} }

# The blocks of shell in the README's section, in their order: the job array, its submission, parallel.
sub recipes
{
    my ($section) = slurp(root() . '/README.md') =~ /^## Many machines\n(.*?)^## /ms;
    return $section =~ /^```sh\n(.*?)^```/gms;
}

# A folder with the editions and the rules, and in it what a single run reports.
sub archive
{
    my ($change) = contradictions();
    my $dir = tempdir(CLEANUP => 1);
    mkdir "$dir/editions" or die "$dir: $!\n";
    write_editions("$dir/editions", editions($change));
    spew("$dir/rules.json", '{"pack": "editions", "rules": [{"id": "sum", "check": "shops.rural + shops.urban = shops.total"}]}');
    my $run = run_command(dir => $dir, argv => ['batch', '--across', '--rules', 'rules.json', '-f', 'json:whole.json', '--summary',
        'whole.html', 'editions']);
    is $run->{status}, 1, 'a single run has findings' or diag $run->{stderr};
    return $dir;
}

sub check_reports
{
    my ($dir, $who) = @_;
    my $same = 1;
    for my $form (qw(json html)) {
        my $report = -e "$dir/report.$form" ? slurp("$dir/report.$form") : '';
        $same &= is_text $report, slurp("$dir/whole.$form"), "$who: report.$form is that of a single run";
    }
    return $same;
}

# ---- a Slurm of one node ----

my @daemons;

sub start
{
    my ($dir, $name, @argv) = @_;
    my $child = fork // die "fork: $!\n";
    if (!$child) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', "$dir/$name.out";
        open STDERR, '>&', \*STDOUT;
        no warnings 'exec';
        exec {$argv[0]} @argv;
        POSIX::_exit(127);
    }
    push @daemons, $child;
    return;
}

sub stop
{
    for my $daemon (reverse splice @daemons) {
        kill TERM => $daemon;
        waitpid $daemon, 0;
    }
    return;
}
END { my $status = $?; stop(); $? = $status }

sub wait_for
{
    my ($limit, $condition) = @_;
    for (my $end = time + $limit; time < $end; sleep 0.1) {
        return 1 if $condition->();
    }
    return 0;
}

sub free_ports
{
    my @sockets = map { IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1) // die "no port: $!\n" } 1 .. 2;
    return map { $_->sockport } @sockets;
}

sub configuration
{
    my ($dir) = @_;
    my ($host) = hostname() =~ /^([^.]+)/;
    my ($user, @ports) = (scalar getpwuid $<, free_ports());
    return ($host, <<"END");
ClusterName=crossfoot
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$dir/munge.socket
SlurmctldPort=$ports[0]
SlurmdPort=$ports[1]
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
ReturnToService=2
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

sub slurm { my ($dir, @argv) = @_; return run_command(command => 1, dir => $dir, argv => \@argv, env => {SLURM_CONF => "$dir/slurm.conf", PATH => path()}) }

# The program under test comes first.
sub path { return dirname(program()) . ":$ENV{PATH}" }

sub start_slurm
{
    my ($dir) = @_;
    my ($host, $configuration) = configuration($dir);
    mkdir "$dir/$_" or die "$dir/$_: $!\n" for qw(state spool);
    spew("$dir/slurm.conf", $configuration);
    spew("$dir/munge.key", join '', map { chr int rand 256 } 1 .. 128);
    chmod 0600, "$dir/munge.key";
    local @ENV{qw(SLURM_CONF PATH)} = ("$dir/slurm.conf", path());
    start($dir, 'munged', qw(munged --force --foreground), "--socket=$dir/munge.socket", map { "--$_-file=$dir/munge.$_" } qw(key pid log seed));
    return 0 if !wait_for(START_LIMIT, sub { -S "$dir/munge.socket" });
    start($dir, 'slurmctld', 'slurmctld', '-D');
    start($dir, 'slurmd', 'slurmd', '-D', '-N', $host);
    return wait_for(START_LIMIT, sub { slurm($dir, qw(sinfo -h -o %T))->{stdout} =~ /^idle/ });
}

sub why_not { my ($dir) = @_; return map { diag "$_:\n", slurp($_) } grep { -f } glob "$dir/*.out $dir/slurm*.log" }

# Runs the commands of the recipe, and waits for the jobs that it has left behind.
sub check_slurm
{
    my ($shard, $submit) = recipes();
    my $dir = archive();
    spew("$dir/shard.sh", $shard);
    spew("$dir/submit.sh", $submit);
    if (!start_slurm($dir)) {
        why_not($dir);
        fail 'a Slurm of one node starts';
        return;
    }
    my $run = slurm($dir, 'sh', '-e', 'submit.sh');
    is $run->{status}, 0, 'the jobs are submitted' or diag $run->{stderr};
    wait_for(JOB_LIMIT, sub { slurm($dir, qw(squeue -h))->{stdout} eq '' });
    check_reports($dir, 'Slurm') or why_not($dir);
    stop();
    return;
}

sub check_parallel
{
    my (undef, undef, $recipe) = recipes();
    my $dir = archive();
    my $run = run_command(command => 1, dir => $dir, argv => ['sh', '-c', $recipe], env => {PATH => path(), HOME => $dir});
    is $run->{status}, 1, 'GNU parallel: the merge has findings' or diag $run->{stderr};
    check_reports($dir, 'GNU parallel');
    return;
}

SKIP: {
    skip 'no GNU parallel here', 1 if !is_installed('parallel');
    check_parallel();
}
SKIP: {
    skip 'no Slurm here', 1 if grep { !is_installed($_) } qw(munged slurmctld slurmd sbatch);
    check_slurm();
}
done_testing;
