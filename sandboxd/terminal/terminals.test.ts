import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '#domain/protocol/errors.ts';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import type { PtyRequest, PtySource } from './pty-source.ts';
import { sessionMembers } from './session-reaper.ts';
import { createTerminals } from './terminals.ts';
import { LocalBashSource } from './testing/local-bash-source.ts';
import { TerminalClient } from './testing/terminal-client.ts';
import { startTerminalServer } from './testing/terminal-server.ts';

const sandboxId = 'aaaaaaaaaaaa';
/** Shells on a busy machine. */
const patience = { timeout: 10_000 };
const size = { cols: 80, rows: 24 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function start(options: { source?: PtySource; dead?: () => boolean; orphanMs?: number; sweepMs?: number } = {}) {
  const local = new LocalBashSource();
  const active: string[] = [];
  const terminals = createTerminals({
    ...options,
    source: options.source ?? local,
    access: {
      get(id) {
        if (options.dead?.()) throw new CodedError('sandbox-ended', 'over');
        return { id, containerId: '' };
      },
      thaw: async () => {},
      active: id => active.push(id),
    },
  });
  cleanups.push(() => terminals.stop());
  return { terminals, local, active };
}

async function serve(terminals: ReturnType<typeof start>['terminals']) {
  const server = await startTerminalServer((socket, path, from) => terminals.attach(socket, path.slice(1), from));
  cleanups.push(server.stop);
  return (id: string) => new TerminalClient(`${server.url}/${id}`);
}

describe('createTerminals', () => {
  it('numbers terminals in order and never uses a number again', async () => {
    const { terminals } = start();
    const one = await terminals.open({ sandboxId, ...size });
    const two = await terminals.open({ sandboxId, ...size });
    await terminals.close(one.id);
    await terminals.open({ sandboxId, ...size });
    expect(terminals.list(sandboxId).map(each => each.title)).toEqual(['2', '3']);
    expect(terminals.list(sandboxId)[0]).toMatchObject({ id: two.id, sandboxId, ...size, exit: null });
    expect(terminals.list('bbbbbbbbbbbb')).toEqual([]);
  });

  it('hands out the shell that was opened ahead, once, in the wanted size', async () => {
    const { terminals, local } = start();
    await Promise.all([terminals.prepare('bbbbbbbbbbbb'), terminals.prepare('bbbbbbbbbbbb')]);
    expect(local.opened).toHaveLength(1);
    expect(terminals.list('bbbbbbbbbbbb')).toEqual([]);
    // One that is still being opened is waited for.
    void terminals.prepare(sandboxId);
    const [one, two] = await Promise.all([
      terminals.open({ sandboxId, cols: 111, rows: 33 }),
      terminals.open({ sandboxId, ...size }),
    ]);
    expect(one).toMatchObject({ title: '1', cols: 111, rows: 33 });
    expect(two.id).not.toBe(one.id);
    expect(local.opened).toHaveLength(3);
  });

  it('opens as many as allowed, also when asked for all at once', async () => {
    const { terminals } = start();
    const asked = Array.from({ length: terminalLimits.maxPerSandbox + 3 }, () =>
      terminals.open({ sandboxId, ...size }),
    );
    const results = await Promise.allSettled(asked);
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(terminalLimits.maxPerSandbox);
    const refused = results.find(result => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'too-many-terminals' });
  });

  it('keeps an ended terminal listed, and lets it go when its place is needed', async () => {
    const { terminals } = start();
    const connect = await serve(terminals);
    const first = await terminals.open({ sandboxId, ...size });
    const client = connect(first.id);
    await client.untilText(/\$ $/);
    client.type('exit 4\r');
    await client.until(() => terminals.list(sandboxId)[0]?.exit?.code === 4);
    for (let i = 0; i < terminalLimits.maxPerSandbox; i++) await terminals.open({ sandboxId, ...size });
    expect(terminals.list(sandboxId).map(each => each.exit)).toEqual(Array(terminalLimits.maxPerSandbox).fill(null));
  });

  it('leaves no process of the shell when it is closed, ends by itself, or its sandbox ends', async () => {
    const { terminals, local } = start();
    const connect = await serve(terminals);
    const endings = [
      (id: string) => terminals.close(id),
      async (id: string) => {
        const client = connect(id);
        await client.until(() => client.states.length > 0);
        client.type('exit\r');
      },
      () => terminals.endAll(sandboxId),
    ];
    for (const end of endings) {
      const { id } = await terminals.open({ sandboxId, ...size });
      const leader = local.opened.at(-1)?.pin ?? { pid: 0, startTime: '' };
      const client = connect(id);
      await client.untilText(/\$ $/);
      client.type("nohup sleep 1000 >/dev/null 2>&1 & (trap '' HUP; sleep 1001) & sleep 1002 | sleep 1003 &\r");
      await expect.poll(async () => (await sessionMembers(leader)).length, patience).toBeGreaterThanOrEqual(5);
      client.type('\r');
      await end(id);
      await expect.poll(() => sessionMembers(leader), patience).toEqual([]);
    }
  }, 20_000);

  it('closes a shell that nobody came back to', async () => {
    const { terminals, local } = start({ orphanMs: 150, sweepMs: 10 });
    const connect = await serve(terminals);
    const [left, kept, unseen] = await Promise.all([1, 2, 3].map(() => terminals.open({ sandboxId, ...size })));
    const [leaving, staying] = [connect(left?.id ?? ''), connect(kept?.id ?? '')];
    await Promise.all([leaving.untilText(/\$ $/), staying.untilText(/\$ $/)]);
    leaving.cut();
    await staying.until(() => terminals.list(sandboxId).length === 2);
    // One that nobody has looked at yet is waited for.
    // In whichever order the three came up.
    expect(
      terminals
        .list(sandboxId)
        .map(each => each.id)
        .sort(),
    ).toEqual([kept?.id, unseen?.id].sort());
    const sessions = () => Promise.all(local.opened.map(({ pin }) => sessionMembers(pin)));
    await expect.poll(sessions, patience).toContainEqual([]);
  });

  it('ends the shell at once whose sandbox ended while it opened', async () => {
    const local = new LocalBashSource();
    let dead = false;
    const source: PtySource = {
      name: 'slow',
      async open(request: PtyRequest) {
        const pty = await local.open(request);
        dead = true;
        return pty;
      },
    };
    const { terminals } = start({ source, dead: () => dead });
    await expect(terminals.open({ sandboxId, ...size })).rejects.toMatchObject({ code: 'sandbox-ended' });
    expect(await Promise.all(local.opened.map(({ pin }) => sessionMembers(pin)))).toEqual([[]]);
  });

  it('writes into the log whose terminal it is, also of one that was opened before anybody had the sandbox', async () => {
    const lines: object[] = [];
    let attempt: string | null = null;
    const note = (fields: object, message: string) => void lines.push({ ...fields, message });
    const terminals = createTerminals({
      source: new LocalBashSource(),
      log: { info: note, warn: note },
      orphanMs: 50,
      sweepMs: 10,
      access: {
        get: id => ({ id, containerId: '' }),
        thaw: async () => {},
        active: () => {},
        attemptOf: () => attempt,
      },
    });
    cleanups.push(() => terminals.stop());
    await terminals.prepare(sandboxId);
    expect(lines).toEqual([expect.objectContaining({ sandbox: sandboxId, message: 'terminal opened' })]);
    expect(lines[0]).toMatchObject({ attempt: undefined });
    attempt = 'attempt-1';
    const ahead = await terminals.open({ sandboxId, ...size });
    const another = await terminals.open({ sandboxId, ...size });
    const whose = { sandbox: sandboxId, attempt: 'attempt-1' };
    expect(lines.slice(1)).toEqual([
      { ...whose, terminal: ahead.id, message: 'terminal handed over that was opened ahead' },
      { ...whose, terminal: another.id, ms: expect.any(Number), message: 'terminal opened' },
    ]);
    const connect = await serve(terminals);
    const client = connect(another.id);
    await client.untilText(/\$ $/);
    client.cut();
    const closed = { ...whose, terminal: another.id, message: 'terminal closed: nobody came back to it' };
    await expect.poll(() => lines).toContainEqual(closed);
  });

  it('counts typing as activity', async () => {
    const { terminals, active } = start();
    const connect = await serve(terminals);
    const { id } = await terminals.open({ sandboxId, ...size });
    const client = connect(id);
    await client.untilText(/\$ $/);
    expect(active).toEqual([]);
    client.type('ls');
    await client.until(() => active.length > 0);
    expect(active).toEqual([sandboxId]);
  });

  it('refuses a socket for a terminal that is not there, and says so', async () => {
    const { terminals } = start();
    const connect = await serve(terminals);
    const client = connect('0123456789abcdef');
    await client.until(() => client.closed !== null);
    expect(client.closed).toEqual({ code: 4404, reason: 'terminal-not-found' });
    await expect(terminals.close('0123456789abcdef')).rejects.toMatchObject({ code: 'terminal-not-found' });
  });
});
