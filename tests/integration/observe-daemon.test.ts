import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimSandbox } from '#tests/support/claim.ts';
import { waitUntil } from '#tests/support/wait-until.ts';
import { type WatchedHost, watchSandboxHost } from '#tests/support/watched-host.ts';

let host: WatchedHost['host'];
let client: WatchedHost['client'];
let id: string;
let messages: WatchedHost['messages'];
let leave: WatchedHost['leave'];
beforeAll(async () => {
  ({ host, client, messages, leave } = await watchSandboxHost());
  id = (await claimSandbox(client)).id;
});
afterAll(() => leave());

const daemon = async () => {
  const facts = await client.call('facts.get', { sandboxId: id, needs: { daemon: true, containers: true } });
  return { dockerd: facts.daemon, containerd: facts.containerd, containers: facts.containers, gaps: facts.gaps };
};
const told = (part: string) =>
  waitUntil(`a change of ${part}`, () =>
    messages.find(m => m.type === 'changed' && m.sandboxId === id && (m.parts as string[]).includes(part)),
  );
const until = (service: 'dockerd' | 'containerd', state: string) =>
  waitUntil(`${service} ${state}`, async () => (await daemon())[service]?.state === state, 20_000);

describe('changes are told without being asked for', () => {
  it('tells of a container within a fraction of a second', async () => {
    messages.length = 0;
    await host.asLearner(id, 'docker run -d --name web nginx');
    const notice = await told('containers');
    const { events } = await client.call('facts.get', { sandboxId: id, needs: { eventsAfter: 0 } });
    const created = events?.find(event => event.action === 'create');
    expect((notice.type === 'changed' ? notice.at : 0) - (created?.at ?? 0)).toBeLessThan(500);
  });

  it('tells of processes while that is asked for, and only then', async () => {
    await client.call('facts.watch-processes', { sandboxId: id, forMs: 60_000 });
    await new Promise(resolve => setTimeout(resolve, 500));
    messages.length = 0;
    await host.asLearner(id, 'setsid sleep 300 </dev/null >/dev/null 2>&1 & sleep 0.2');
    await told('processes');
    await client.call('facts.watch-processes', { sandboxId: id, forMs: 0 });
    await new Promise(resolve => setTimeout(resolve, 1_500));
    messages.length = 0;
    await host.asLearner(id, 'pkill sleep; sleep 1');
    expect(messages.filter(message => message.type === 'changed' && message.sandboxId === id)).toEqual([]);
  });
});

describe('a daemon that is down', () => {
  it('is told as down with the containers unseen, and its process by the kernel', async () => {
    const before = await daemon();
    messages.length = 0;
    await host.asRoot(id, 'service docker stop');
    await told('daemon');
    const down = await daemon();
    expect(down.dockerd).toMatchObject({ state: 'down', pid: null, reason: 'no process' });
    expect(down.containers).toBeNull();
    expect(down.gaps.map(gap => gap.part)).toContain('containers');
    expect(down.containerd).toEqual(before.containerd);
    await host.asRoot(id, 'service docker start');
    await until('dockerd', 'up');
    const after = await daemon();
    expect(after.dockerd?.startTicks).toBeGreaterThan(before.dockerd?.startTicks ?? 0);
  });

  it('goes on with its journal where it was, over a kill -9', async () => {
    const before = await client.call('facts.get', { sandboxId: id, needs: { eventsAfter: 0 } });
    await host.asRoot(id, 'pkill -9 -x dockerd');
    await until('dockerd', 'up');
    await host.asLearner(id, 'docker run --rm --name later busybox true');
    const after = await waitUntil('the later events', async () => {
      const facts = await client.call('facts.get', { sandboxId: id, needs: { eventsAfter: before.seq } });
      return facts.events?.some(event => event.attributes.name === 'later' && event.action === 'destroy')
        ? facts
        : null;
    });
    expect(after.events?.[0]?.seq).toBe(before.seq + 1);
    expect(after.events?.filter(event => event.attributes.name === 'later').map(event => event.action)).toEqual([
      'create',
      'attach',
      'start',
      'die',
      'destroy',
    ]);
  });

  it('is silent, not down, when it is stopped in its tracks', async () => {
    await host.asRoot(id, 'pkill -STOP -x dockerd');
    const silent = await daemon();
    expect(silent.dockerd).toMatchObject({ state: 'silent', reason: expect.stringContaining('ms') });
    expect(silent.dockerd?.pid).not.toBeNull();
    await host.asRoot(id, 'pkill -CONT -x dockerd');
    await until('dockerd', 'up');
  });

  it('is not confused with containerd', async () => {
    await host.asRoot(id, 'service containerd stop');
    await until('containerd', 'down');
    await host.asRoot(id, 'service containerd start');
    await until('containerd', 'up');
  });
});

describe('a daemon that is somebody else', () => {
  /** Swaps the socket for what `make` puts there, looks, and puts everything back. */
  async function withSocket(make: string) {
    await host.asRoot(id, `service docker stop; rm -rf /run/docker.sock; ${make}`);
    const began = performance.now();
    const facts = await daemon();
    const ms = performance.now() - began;
    await host.asRoot(id, 'pkill perl; rm -rf /run/docker.sock; service docker start', { mayFail: true });
    await until('dockerd', 'up');
    return { ...facts, ms, reason: facts.gaps.find(gap => gap.part === 'containers')?.reason };
  }
  const perl = (path: string, answer: string) =>
    `setsid perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Listen=>5,Local=>"${path}"); $SIG{PIPE}="IGNORE"; while($c=$s->accept){${answer}}' </dev/null >/dev/null 2>&1 & sleep 0.5`;

  it.each([
    ['a symbolic link', 'ln -s /proc/1/root/run/docker.sock /run/docker.sock', 'symbolic link'],
    ['a FIFO', 'mkfifo /run/docker.sock', 'not a socket'],
    ['a file', 'echo hi > /run/docker.sock', 'not a socket'],
    ['a directory', 'mkdir /run/docker.sock', 'not a socket'],
    ['another program’s socket', perl('/run/docker.sock', 'print $c "x" x 1000000 while 1'), 'another program'],
  ])('is not taken for the lab’s dockerd: %s', async (_, make, reason) => {
    const seen = await withSocket(make);
    expect(seen.containers).toBeNull();
    expect(seen.reason).toContain(reason);
    expect(seen.ms).toBeLessThan(6_000);
  });
});
