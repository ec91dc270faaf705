#!/usr/bin/perl
# A press release whose sentences claim sums and parts of a whole: as it stands it raises no alarm, with no rule and no
# dataset given; with one figure changed by a slip of the keyboard, the figure is named and what it was is proposed.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Crossfoot;
use File::Temp ();
use JSON::PP qw(decode_json);
use Test::More;

# The figure, what the slip makes of it, and the slip.
my @SLIPS = (
    ['946', '964', 'two digits swapped, in a total'],
    ['946', '96', 'a digit dropped, in a total'],
    ['592', '529', 'two digits swapped, in a part'],
    ['592', '5 920', 'ten times, in a part'],
    ['354', '34', 'a digit dropped, in the last part'],
    ['143', '14 300', 'a hundred times: a part larger than its whole'],
    ['2 800', '28', 'a hundredth: a whole smaller than its part'],
);

my $dir = File::Temp->newdir;
my $release = slurp(root() . '/fixtures/claims/communique.md');

sub alarms
{
    my ($text) = @_;
    spew("$dir/communique.md", $text);
    my $run = run_command(argv => ['check', '-f', 'json', '--lang', 'fr', "$dir/communique.md"]);
    my $report = decode_json($run->{stdout});
    return grep { $_->{verdict} eq 'inconsistent' && $_->{severity} =~ /^(?:error|warning)$/ } @{$report->{verdicts}};
}

is scalar alarms($release), 0, 'as it stands, no alarm';

for my $slip (@SLIPS) {
    my ($old, $new, $name) = @$slip;
    my $at = index $release, "**$old**";
    my $changed = $release;
    substr $changed, $at, length "**$old**", "**$new**";
    my @alarms = grep { grep { $_->{text} eq $new } @{$_->{terms}} } alarms($changed);
    my @proposed = map { $_->{value} } map { @{$_->{repairs} // []} } @alarms;
    subtest "$old printed $new, $name" => sub {
        is scalar @alarms, 1, 'one alarm that names it';
        # Of "592 <= 28" many numbers would make it true: none is proposed.
        ok scalar(grep { $_ eq ($old =~ s/ //r) } @proposed), 'what it was is proposed' if $name !~ /whole/;
    };
}
done_testing;
