import type { Measurement } from '#scripts/bench/measurement.ts';
import { prompt } from '#tests/bench/support/line-driver.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import type { TestSandboxHost } from '#tests/support/sandbox-host.ts';
import { attachTerminal } from '#tests/support/terminal/sandbox-terminal.ts';
import { removePlainDind, startPlainDind } from './plain-dind.ts';

/** Lengths of the phases of one cold start, in milliseconds. */
interface Phases {
  /** Network, volume and container are created. */
  create: number;
  /** …and its init runs. */
  start: number;
  /** The cgroups are delegated, the disk is laid out, dockerd begins. */
  prepare: number;
  /** dockerd says that its API listens. */
  dockerd: number;
  /** sandboxd has seen it answer, and the claim is answered. */
  notice: number;
  /** A shell's prompt. */
  shell: number;
}

const phaseNames = ['create', 'start', 'prepare', 'dockerd', 'notice', 'shell'] as const;

/** A sandbox from nothing, beside a plain Docker-in-Docker container in the same engine, in turns. */
export async function measureColdStart(belowdeck: Belowdeck, rounds: number): Promise<Measurement[]> {
  const { host } = belowdeck;
  const client = host.client();
  const samples = { answers: [] as number[], prompts: [] as number[], plain: [] as number[], plainRun: [] as number[] };
  const phases: Phases[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      await poolIsFull(client);
      const ours = await coldStart(host, client);
      await endAll(client);
      const other = await startPlainDind(host);
      await removePlainDind(host, other.name);
      if (round === 0) continue;
      samples.answers.push(ours.answered - ours.began);
      samples.prompts.push(ours.prompted - ours.began);
      phases.push(ours.phases);
      samples.plain.push(other.answered - other.began);
      samples.plainRun.push(other.ran - other.began);
    }
  } finally {
    await endAll(client);
    client.stop();
  }
  const peers = [{ name: 'plain docker run, dockerd answers', samples: samples.plain }];
  return [
    {
      id: 'cold-start',
      metric: 'cold start until its Docker answers',
      unit: 'ms',
      samples: samples.answers,
      peers: [...peers, { name: 'plain docker run, container started', samples: samples.plainRun }],
      aim: {
        text: 'p50 ≤ plain docker run',
        holds: (own, peer) => own.p50 <= (peer('plain docker run, dockerd answers')?.p50 ?? 0),
        binding: true,
      },
      note: `median of each phase: ${phaseNames.map(name => `${name} ${Math.round(median(phases.map(one => one[name])))}`).join(', ')} ms`,
    },
    { id: 'cold-start-prompt', metric: 'cold start until a prompt', unit: 'ms', samples: samples.prompts, peers },
  ];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The pool has none with a way out: such a claim starts one from nothing. */
async function coldStart(host: TestSandboxHost, client: ReturnType<TestSandboxHost['client']>) {
  const now = () => performance.timeOrigin + performance.now();
  const began = now();
  const sandbox = await claimSandbox(client, { egress: true });
  const answered = now();
  const { id } = await client.call('terminal.open', { sandboxId: sandbox.id, cols: 120, rows: 40 });
  const terminal = attachTerminal(client, id);
  await terminal.untilText(prompt);
  const prompted = now();
  terminal.cut();

  const container = `belowdeck-${sandbox.id}`;
  const [created = began, started = began] = await engineTimes(host, container);
  const [loading = started, listening = answered] = await dockerdTimes(host, container);
  const phases: Phases = {
    create: created - began,
    start: started - created,
    prepare: loading - started,
    dockerd: listening - loading,
    notice: answered - listening,
    shell: prompted - answered,
  };
  return { began, answered, prompted, phases };
}

/** When the sandbox host's engine had created and started a container: epoch milliseconds. */
async function engineTimes(host: TestSandboxHost, container: string): Promise<number[]> {
  const format = '{{.Created}} {{.State.StartedAt}}';
  const { stdout } = await host.inside(['docker', 'inspect', '--format', format, container]);
  return stdout.split(' ').map(Date.parse);
}

/** When the sandbox's dockerd wrote the first line of its log, and when its API listened: epoch milliseconds. */
async function dockerdTimes(host: TestSandboxHost, container: string): Promise<(number | undefined)[]> {
  const { stdout } = await host.inside(['docker', 'exec', container, 'cat', '/var/log/docker.log']);
  const time = (line: string | undefined) => {
    const written = /time="([^"]+)"/.exec(line ?? '')?.[1];
    return written ? Date.parse(written) : undefined;
  };
  const lines = stdout.split('\n').filter(line => line.includes('time="'));
  return [time(lines[0]), time(lines.find(line => line.includes('API listen on')))];
}
