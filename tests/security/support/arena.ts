import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { type Checker, platformChecker } from './checker.ts';

/** Two learners' sandboxes on one real sandbox host. */
export interface Arena {
  host: TestSandboxHost;
  client: SandboxdClient;
  /** The attacker's sandbox and the one beside it. */
  own: Sandbox;
  other: Sandbox;
  /** Runs a script as root of the attacker's sandbox; both streams. "(killed after N ms)" when it does not end. */
  attacker(script: string, timeoutMs?: number): Promise<string>;
  /** The same in the other sandbox. */
  neighbour(script: string, timeoutMs?: number): Promise<string>;
  /** A shell command in the sandbox host: what is seen from outside, positive controls, canaries. */
  outside(script: string, timeoutMs?: number): Promise<string>;
  /** What judges the attacker's sandbox: the platform, unless a weakened run puts something else here. */
  checker: Checker;
  /** PID of the attacker's init, as the sandbox host numbers it. */
  ownPid(): Promise<number>;
  /** Ends both sandboxes. */
  close(): Promise<void>;
}

const SCRIPT_MS = 20_000;

export async function openArena(): Promise<Arena> {
  const host = await testSandboxHost();
  const client = host.client();
  const [own, other] = await Promise.all([claimSandbox(client), claimSandbox(client)]);

  async function words(command: string[], script: string, timeoutMs: number): Promise<string> {
    const options = { input: script, timeoutMs: timeoutMs + 5_000, mayFail: true };
    const limited = ['timeout', '-s', 'KILL', String(timeoutMs / 1000), ...command];
    const { code, stdout, stderr } = await host.inside(limited, options);
    const text = `${stdout}\n${stderr}`.trim();
    return code === 137 || code === null ? `${text}\n(killed after ${timeoutMs} ms)` : text;
  }
  const sandbox = (id: string) => ['docker', 'exec', '-i', '-u', 'root', `belowdeck-${id}`, 'bash'];
  const arena: Arena = {
    host,
    client,
    own,
    other,
    attacker: (script, timeoutMs = SCRIPT_MS) => words(sandbox(own.id), script, timeoutMs),
    neighbour: (script, timeoutMs = SCRIPT_MS) => words(sandbox(other.id), script, timeoutMs),
    outside: (script, timeoutMs = SCRIPT_MS) => words(['bash'], script, timeoutMs),
    checker: platformChecker(client, own.id),
    async ownPid() {
      const { stdout } = await host.inside(['docker', 'inspect', '-f', '{{.State.Pid}}', `belowdeck-${own.id}`]);
      return Number(stdout);
    },
    async close() {
      await Promise.allSettled(
        [own, other].map(({ id }) => client.call('sandbox.end', { sandboxId: id, reason: 'admin' })),
      );
      client.stop();
    },
  };
  return arena;
}
