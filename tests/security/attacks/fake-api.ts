const answer = (body: string) => `syswrite($c, "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n" . ${body})`;

/** What a fake Docker API says when asked for anything, as Perl. */
export const apiAnswers = {
  gigabyte: `${answer('"["')}; for (1 .. 1024) { syswrite($c, "x" x 1048576) or last }`,
  endless: `${answer('"["')}; while (1) { syswrite($c, "{}," x 10000) or last }`,
  deep: answer('("[" x 10000) . ("]" x 10000)'),
  noJson: answer('"<html>"'),
  slow: `${answer('"["')}; for (1 .. 60) { syswrite($c, " ") or last; sleep 1 }`,
  lie: answer(`'[{"Id":"aaaaaaaaaaaa","Names":["/web"],"Created":1}]'`),
} as const;

/** Puts a program of the learner's at docker.sock; a line per connection into /tmp/fake.log. `then`: what it does once it listens, Perl. */
export function fakeApi(body: string, then = ''): string {
  return `cat >/tmp/fake.pl <<'PERL'
use strict; use Socket; $SIG{PIPE} = 'IGNORE'; $SIG{CHLD} = 'IGNORE';
socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; bind($s, sockaddr_un('/run/docker.sock')) or die "bind $!"; listen($s, 16);
open(my $log, '>>', '/tmp/fake.log'); $log->autoflush(1);
${then}
while (accept(my $c, $s)) { print $log "CONTACT\\n"; if (!fork) { sysread($c, my $request, 4096); ${body} ; exit } close $c }
PERL
  mv /run/docker.sock /run/real.sock; perl -MIO::Handle /tmp/fake.pl >/dev/null 2>/tmp/fake.err & echo $! >/tmp/fake.pid; sleep 0.5`;
}

/** Takes it away again. */
export const putBack =
  '[ -e /tmp/fake.pid ] && kill -9 $(cat /tmp/fake.pid) 2>/dev/null; [ -e /run/real.sock ] && rm -rf /run/docker.sock && mv /run/real.sock /run/docker.sock; rm -f /tmp/fake.*';
