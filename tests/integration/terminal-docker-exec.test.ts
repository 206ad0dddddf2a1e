import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DockerExecPtySource } from '#sandboxd/terminal/docker-exec-pty.ts';
import type { Pty } from '#sandboxd/terminal/pty-source.ts';
import { run, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

/** The second way to a shell, tried on a plain container of the machine's own Docker. */
const name = `belowdeck-test-exec-${randomBytes(4).toString('hex')}`;
const source = new DockerExecPtySource();
let containerId: string;
beforeAll(async () => {
  // Brings the base image along.
  await testSandboxHost();
  const script = 'useradd -m -s /bin/bash learner; exec sleep infinity';
  const { stdout } = await run([
    'docker',
    'run',
    '-d',
    '--init',
    '--name',
    name,
    'debian:trixie-slim',
    'sh',
    '-c',
    script,
  ]);
  containerId = stdout;
  await waitUntil(
    'the user',
    async () => (await run(['docker', 'exec', name, 'id', 'learner'], { mayFail: true })).code === 0,
  );
});
const opened: Pty[] = [];
// Also after a failure: the next test looks at what is left.
afterEach(async () => {
  await Promise.all(opened.splice(0).map(pty => pty.kill()));
});
afterAll(() => run(['docker', 'rm', '-fv', name]));

async function open(): Promise<{ pty: Pty; text: () => string; exits: (number | null)[] }> {
  const request = { sandbox: { id: 'aaaaaaaaaaaa', containerId }, terminalId: randomBytes(8).toString('hex') };
  const pty = await source.open({ ...request, cols: 91, rows: 17 });
  opened.push(pty);
  let output = '';
  const exits: (number | null)[] = [];
  pty.onData(bytes => {
    output += Buffer.from(bytes).toString();
  });
  pty.onExit(code => exits.push(code));
  return { pty, text: () => output, exits };
}

const processes = async () => (await run(['docker', 'top', name, '-eo', 'pid,args'])).stdout;

describe('a shell by docker exec', () => {
  it('is a login shell of the learner in the wanted size', async () => {
    const { pty, text } = await open();
    pty.write(Buffer.from('id -un; pwd; stty size; shopt -q login_shell && echo login\r'));
    await waitUntil('the answers', () => /learner\r\n\/home\/learner\r\n17 91\r\nlogin\r\n/.test(text()));
    pty.resize(120, 40);
    // The docker command passes the size on in its own time: ask until it has.
    let askedAt = Number.NEGATIVE_INFINITY;
    await waitUntil('the new size', () => {
      if (performance.now() - askedAt > 500) {
        pty.write(Buffer.from('stty size\r'));
        askedAt = performance.now();
      }
      return text().includes('40 120\r\n');
    });
  }, 30_000);

  it('tells its exit code, and leaves nothing in the background', async () => {
    const { pty, exits } = await open();
    pty.write(Buffer.from('nohup sleep 8101 >/dev/null 2>&1 &\r'));
    await waitUntil('the sleep', async () => (await processes()).includes('sleep 8101'));
    pty.write(Buffer.from('exit 6\r'));
    await waitUntil('the exit', () => exits.length > 0);
    expect(exits).toEqual([6]);
    await pty.kill();
    expect(await processes()).not.toContain('sleep 8101');
  }, 30_000);

  it('ends with all its children, though they would outlive their client', async () => {
    const { pty } = await open();
    pty.write(Buffer.from("(trap '' HUP; sleep 8102) & sleep 8103\r"));
    await waitUntil('the sleeps', async () => (await processes()).match(/sleep 810[23]/g)?.length === 2);
    await pty.kill();
    expect(await processes()).not.toMatch(/sleep 810|bash -l/);
  }, 30_000);

  it('says so when there is no such container', async () => {
    const request = { sandbox: { id: 'aaaaaaaaaaaa', containerId: 'f'.repeat(64) }, terminalId: '0'.repeat(16) };
    await expect(source.open({ ...request, cols: 80, rows: 24 })).rejects.toMatchObject({ code: 'terminal-failed' });
  }, 30_000);
});
