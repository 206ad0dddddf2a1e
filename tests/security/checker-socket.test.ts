import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
  await arena.attacker('docker run -d --name decoy nginx');
});
afterEach(async () => {
  await arena.attacker(
    '[ -e /tmp/fake.pid ] && kill -9 $(cat /tmp/fake.pid) 2>/dev/null; [ -e /run/real.sock ] && rm -rf /run/docker.sock && mv /run/real.sock /run/docker.sock; rm -f /tmp/fake.*',
  );
});
afterAll(() => arena.close());

const needs = { daemon: true, containers: true, images: true, processes: true };
const webRuns = { container: { name: 'web', state: 'running' } } as const;

/** A fake Docker API that says that container `web` runs, each answer in a hostile way; a line per connection. */
function fakeApi(body: string): string {
  return `cat >/tmp/fake.pl <<'PERL'
use strict; use Socket; $SIG{PIPE} = 'IGNORE'; $SIG{CHLD} = 'IGNORE';
socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; bind($s, sockaddr_un('/run/docker.sock')) or die "bind $!"; listen($s, 16);
open(my $log, '>>', '/tmp/fake.log'); $log->autoflush(1);
while (accept(my $c, $s)) { print $log "CONTACT\\n"; if (!fork) { sysread($c, my $request, 4096); ${body} ; exit } close $c }
PERL
  mv /run/docker.sock /run/real.sock; perl -MIO::Handle /tmp/fake.pl >/dev/null 2>/tmp/fake.err & echo $! >/tmp/fake.pid; sleep 0.5`;
}
const answer = (body: string) => `syswrite($c, "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n" . ${body})`;

describe('the sandbox’s docker.sock replaced by', () => {
  it.each([
    [
      'a link that leads outside to the sandbox host’s own engine',
      'ln -s /var/run/docker.sock /run/docker.sock',
      /symbolic link/,
    ],
    ['a link to the real socket', 'ln -s /run/real.sock /run/docker.sock', /symbolic link/],
    ['a FIFO', 'mkfifo /run/docker.sock', /not a socket/],
    ['a regular file', 'echo \'[{"Names":["/web"]}]\' >/run/docker.sock', /not a socket/],
    ['a directory', 'mkdir /run/docker.sock', /not a socket/],
    ['nothing', 'true', /there is no/],
  ])('%s: unknown, with the reason', async (_name, script, reason) => {
    const tried = await arena.attacker(`mv /run/docker.sock /run/real.sock; ${script}; stat -c %F /run/docker.sock`);
    expect(tried).not.toMatch(/^socket$/m);
    const facts = await look(arena, needs);
    expect(facts.containers).toBeNull();
    expect(facts.images).toBeNull();
    expect(facts.gaps.find(gap => gap.part === 'containers')?.reason).toMatch(reason);
    expect(facts.daemon).toMatchObject({ state: 'silent', version: null });
    expect(verdict(facts, webRuns).outcome).toBe('unknown');
  });

  it.each([
    ['a gigabyte', `${answer('"["')}; for (1 .. 1024) { syswrite($c, "x" x 1048576) or last }`],
    ['an endless list', `${answer('"["')}; while (1) { syswrite($c, "{}," x 10000) or last }`],
    ['JSON 10,000 levels deep', answer('("[" x 10000) . ("]" x 10000)')],
    ['no JSON', answer('"<html>"')],
    ['one byte per second (slow loris)', 'for (1 .. 60) { syswrite($c, "H") or last; sleep 1 }'],
    ['a believable lie', answer(`'[{"Id":"aaaaaaaaaaaa","Names":["/web"],"Created":1}]'`)],
  ])('a program of the learner’s that answers %s: not believed', async (_name, body) => {
    await arena.attacker(fakeApi(body));
    const facts = await look(arena, needs);
    expect(await arena.attacker('sort -u /tmp/fake.log; cat /tmp/fake.err')).toBe('CONTACT');
    expect(facts.containers).toBeNull();
    expect(facts.gaps.find(gap => gap.part === 'containers')?.reason).toContain('another program than the lab');
    expect(verdict(facts, webRuns).outcome).toBe('unknown');
  });
});
