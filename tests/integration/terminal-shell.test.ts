import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { attachTerminal, openTerminal, typeCommand } from '#tests/support/terminal/sandbox-terminal.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let host: TestSandboxHost;
let client: SandboxdClient;
let sandboxId: string;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  sandboxId = (await claimSandbox(client)).id;
});
afterAll(async () => {
  await endAll(client);
  client.stop();
});

/** Processes of the sandbox whose command line matches, seen from the sandbox host. */
async function processes(pattern: string): Promise<string[]> {
  const { stdout } = await host.inside(['ps', '-eo', 'pid,args']);
  return stdout.split('\n').filter(line => line.includes(pattern));
}

describe('a shell in a sandbox', () => {
  it('is a login shell of the learner, with docker and sudo', async () => {
    const { terminal } = await openTerminal(client, sandboxId);
    expect(await typeCommand(terminal, 'id -un; id -Gn; pwd; echo $0')).toBe(
      'learner\nlearner docker\n/home/learner\nbash',
    );
    expect(await typeCommand(terminal, 'shopt -q login_shell && echo login')).toBe('login');
    expect(await typeCommand(terminal, 'echo $TERM $LANG $HOME $USER')).toBe(
      'xterm-256color C.UTF-8 /home/learner learner',
    );
    expect(await typeCommand(terminal, 'stty size; tty')).toMatch(/^40 120\n\/dev\/pts\/\d+$/);
    expect(await typeCommand(terminal, 'sudo id -un')).toBe('root');
    expect(await typeCommand(terminal, 'docker version --format "{{.Server.Os}}"')).toBe('linux');
    expect(await typeCommand(terminal, 'docker run --rm -it busybox stty size', 20_000)).toBe('40 120');
  }, 60_000);

  it('has job control', async () => {
    const { terminal, info } = await openTerminal(client, sandboxId);
    terminal.type('sleep 500\r');
    await waitUntil('sleep', async () => (await processes('sleep 500')).length > 0);
    terminal.type('\x1a');
    await terminal.untilText(/Stopped/);
    expect(await typeCommand(terminal, 'kill %1; jobs -r')).not.toContain('no job control');
    await client.call('terminal.close', { terminalId: info.id });
  });

  it('stands behind exactly the fences of its sandbox: seccomp, capabilities, namespaces, cgroup', async () => {
    const { terminal } = await openTerminal(client, sandboxId);
    const fences = (pid: string) =>
      `sudo sh -c 'grep -E "^(Seccomp|Seccomp_filters|CapBnd|CapAmb|NoNewPrivs):" /proc/${pid}/status; for n in /proc/${pid}/ns/*; do readlink $n; done; cat /proc/${pid}/cgroup; cat /proc/${pid}/uid_map; cat /proc/${pid}/attr/current 2>/dev/null'`;
    const ofShell = await typeCommand(terminal, fences("'$$'"));
    const ofSandbox = await typeCommand(terminal, fences('1'));
    expect(ofShell).toMatch(/Seccomp:\s2\n/);
    expect(ofShell).toMatch(/CapBnd:\s[0-9a-f]{16}\n/);
    expect(ofShell).toBe(ofSandbox);
    const { stdout } = await host.asRoot(
      sandboxId,
      'grep -E "^(Seccomp|Seccomp_filters|CapBnd|NoNewPrivs):" /proc/$$/status',
    );
    expect(ofShell.replace(/CapAmb:.*\n/, '').startsWith(stdout)).toBe(true);
    // No capability at hand: sudo gives them, as the lessons say.
    expect(await typeCommand(terminal, 'grep -E "^Cap(Eff|Prm|Inh)" /proc/$$/status')).not.toMatch(/[1-9a-f]$/m);
  }, 30_000);

  it('takes new group memberships into account, as a login does', async () => {
    const fresh = await claimSandbox(client);
    await host.asRoot(fresh.id, 'gpasswd -d learner docker && groupadd -g 4242 sailors && usermod -aG sailors learner');
    // The first one was opened ahead, before that.
    await openTerminal(client, fresh.id);
    const { terminal } = await openTerminal(client, fresh.id);
    expect(await typeCommand(terminal, 'id -Gn')).toBe('learner sailors');
    expect(await typeCommand(terminal, 'docker ps')).toContain('permission denied');
  }, 30_000);

  it('leaves no process when its terminal is closed', async () => {
    const { terminal, info } = await openTerminal(client, sandboxId);
    terminal.type("nohup sleep 7001 >/dev/null 2>&1 & (trap '' HUP; sleep 7002) & sudo sleep 7003\r");
    await waitUntil('three sleeps', async () => (await processes('sleep 700')).length >= 3);
    await client.call('terminal.close', { terminalId: info.id });
    expect(await processes('sleep 700')).toEqual([]);
    await terminal.until(() => terminal.closed !== null);
    expect(terminal.closed).toEqual({ code: 4404, reason: 'terminal-not-found' });
  });

  it('tells the exit code, and leaves nothing in the background', async () => {
    const { terminal, info } = await openTerminal(client, sandboxId);
    terminal.type('nohup sleep 7011 >/dev/null 2>&1 &\r');
    await waitUntil('the sleep', async () => (await processes('sleep 7011')).length > 0);
    terminal.type('exit 42\r');
    await terminal.until(() => terminal.states.some(state => state.type === 'exit'));
    expect(terminal.states.at(-1)).toEqual({ type: 'exit', code: 42 });
    await waitUntil('the end of the sleep', async () => (await processes('sleep 7011')).length === 0);
    const listed = (await client.call('terminal.list', { sandboxId })).find(each => each.id === info.id);
    expect(listed?.exit?.code).toBe(42);
  });

  it('resumes at the exact byte over a dropped connection', async () => {
    const { terminal, info } = await openTerminal(client, sandboxId);
    terminal.type('for i in $(seq 1 3000); do echo "count $i"; done; echo fin""ished\r');
    await terminal.untilText(/count 500\r/);
    terminal.cut();
    const again = attachTerminal(client, info.id, terminal.received);
    await again.untilText(/finished\r\n/);
    const all = Buffer.concat([terminal.bytes, again.bytes]).toString();
    const numbers = [...all.matchAll(/^count (\d+)\r$/gm)].map(match => Number(match[1]));
    expect(numbers).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
    again.cut();
  });

  it('ends with its sandbox, and says why', async () => {
    const fresh = await claimSandbox(client);
    const { terminal } = await openTerminal(client, fresh.id);
    terminal.type('sleep 7021\r');
    await waitUntil('the sleep', async () => (await processes('sleep 7021')).length > 0);
    await client.call('sandbox.end', { sandboxId: fresh.id, reason: 'learner' });
    await terminal.until(() => terminal.closed !== null);
    expect(terminal.closed).toEqual({ code: 4410, reason: 'sandbox-ended' });
    expect(await processes('sleep 7021')).toEqual([]);
    await expect(client.call('terminal.open', { sandboxId: fresh.id, cols: 80, rows: 24 })).rejects.toMatchObject({
      code: 'sandbox-ended',
    });
  }, 30_000);

  it('is gone when sandboxd was killed, and a new one opens', async () => {
    const fresh = await claimSandbox(client);
    const { terminal, info } = await openTerminal(client, fresh.id);
    const shells = (await processes('bash -l')).length;
    expect(shells).toBeGreaterThan(0);
    await host.inside(['sh', '-c', 'kill -9 $(pgrep -xf "node /app/sandboxd/main.ts")']);
    await terminal.until(() => terminal.closed !== null);
    await host.untilHealthy();
    await waitUntil('a claim', () => claimSandbox(client).catch(() => null), 30_000);
    const after = attachTerminal(client, info.id, terminal.received);
    await after.until(() => after.closed !== null);
    expect(after.closed).toEqual({ code: 4404, reason: 'terminal-not-found' });
    const { terminal: next } = await openTerminal(client, fresh.id);
    expect(await typeCommand(next, 'ps -o args= -e | grep -c "^bash -l"')).toBe('1');
  }, 60_000);
});

describe('a sandbox that holds new shells hostage', () => {
  it('is thawed from outside when it is frozen', async () => {
    const fresh = await claimSandbox(client);
    // The one that was opened ahead would not notice.
    await client.call('terminal.open', { sandboxId: fresh.id, cols: 80, rows: 24 });
    await host.inside(['sh', '-c', await freezeScript(fresh.id)]);
    const began = performance.now();
    const { terminal } = await openTerminal(client, fresh.id);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await typeCommand(terminal, 'echo thawed')).toBe('thawed');
  }, 30_000);

  it('gives a clear error within seconds when it freezes again and again', async () => {
    const fresh = await claimSandbox(client);
    await client.call('terminal.open', { sandboxId: fresh.id, cols: 80, rows: 24 });
    const script = await freezeScript(fresh.id);
    const loop = host.inside(['sh', '-c', `while [ ! -e /run/${fresh.id} ]; do ${script}; sleep 0.001; done`]);
    await waitUntil(
      'the freeze',
      async () => (await host.inside(['sh', '-c', await frozenScript(fresh.id)])).stdout === 'frozen',
    );
    const began = performance.now();
    await expect(client.call('terminal.open', { sandboxId: fresh.id, cols: 80, rows: 24 })).rejects.toMatchObject({
      code: 'terminal-failed',
      learnerMessage: expect.stringContaining('Your progress is kept'),
    });
    expect(performance.now() - began).toBeLessThan(8_000);
    await host.inside(['touch', `/run/${fresh.id}`]);
    await loop;
    await openTerminal(client, fresh.id);
  }, 60_000);

  it('lets a shell in when it is full of processes, so that the learner can end them', async () => {
    const fresh = await claimSandbox(client);
    onTestFinished(() => client.call('sandbox.end', { sandboxId: fresh.id, reason: 'admin' }).then(() => undefined));
    const { terminal } = await openTerminal(client, fresh.id);
    terminal.type('for i in $(seq 3000); do sleep 7031 & done\r');
    await terminal.untilText(/fork: retry/, 60_000);
    const began = performance.now();
    const info = await client.call('terminal.open', { sandboxId: fresh.id, cols: 80, rows: 24 });
    expect(performance.now() - began).toBeLessThan(8_000);
    const second = attachTerminal(client, info.id);
    await second.until(() => second.states.length > 0);
    // As a person would: Ctrl-C until there is a prompt (its profile cannot start what it wants to), then a command of
    // bash's own. Ctrl-C throws away what was typed ahead, so not both at once.
    let typedAt = performance.now();
    const ended = async () => {
      if (performance.now() - typedAt > 1_000) {
        second.type(/\$ $/.test(second.text) ? 'kill -9 -1\r' : '\x03');
        typedAt = performance.now();
      }
      return (await processes('sleep 7031')).length === 0;
    };
    await waitUntil('the end of them', ended, 60_000);
  }, 120_000);
});

/** Both versions of cgroups: where a sandbox's freezer is, and what it takes. */
async function freezerOf(id: string): Promise<{ file: string; on: string }> {
  const { stdout } = await host.inside(['docker', 'inspect', '-f', '{{.Id}}', `belowdeck-${id}`]);
  const version = (await client.call('host.status', {})).cgroupVersion;
  return version === '1'
    ? { file: `/sys/fs/cgroup/freezer/${stdout}/freezer.state`, on: 'FROZEN' }
    : { file: `/sys/fs/cgroup/${stdout}/cgroup.freeze`, on: '1' };
}

async function freezeScript(id: string): Promise<string> {
  const { file, on } = await freezerOf(id);
  return `echo ${on} > ${file}`;
}

async function frozenScript(id: string): Promise<string> {
  const { file, on } = await freezerOf(id);
  return `grep -qx ${on} ${file} && echo frozen || true`;
}
