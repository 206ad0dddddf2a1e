import type { Logger } from 'pino';
import { CodedError } from '#domain/protocol/errors.ts';
import { type PreflightStatus, type ProbeResult, refusals } from '#domain/protocol/preflight.ts';
import { preflightRefusals } from '../metrics/metrics.ts';
import { probeEscapes } from './escape-probes.ts';
import { unanswered } from './judge-escapes.ts';
import { thisMachine } from './machine-probe.ts';
import { probeMachine } from './machine-probes.ts';
import { preflightKey } from './preflight-key.ts';
import type { PreflightMemory, Remembered } from './preflight-memory.ts';

/** Numbers of the preflight, milliseconds unless said otherwise. */
export const preflightLimits = {
  /** How long a claim waits for the verdict of the first run, which takes some four seconds on a quiet machine. */
  claimWaitMs: 20_000,
  /** Runs that were cut off before "gave no answer" becomes a refusal; a number. */
  tries: 3,
  /** Properties of the machine (disk, memory, rules) are looked at again after this; each round while it refuses. */
  machineAgeMs: 300_000,
};

/** What the escape probes are tried on: a sandbox that nobody else gets. */
export interface ThrowAway {
  initPid: number;
  asRoot: (script: string) => Promise<string>;
  end: () => Promise<unknown>;
}

/** Finds out whether sandboxes hold on this machine, before one is given to anybody. */
export interface Preflight {
  status(): PreflightStatus;
  /** Probes what has to be probed now: nothing while the last result still holds. Never rejects. */
  ensure(): Promise<void>;
  /** Probes all of it again. Never rejects. */
  rerun(): Promise<PreflightStatus>;
  /** Throws `host-unsafe` while the verdict is a refusal; before there is one, sandboxes may be started ahead. */
  assertNotRefused(): void;
  /** Throws unless there is a verdict now by which sandboxes may be given away: `host-unsafe`, or what keeps it from being found. */
  assertPassed(): void;
  /** Waits for a verdict; throws as `assertPassed` unless it is that sandboxes hold, or the operator accepts what does not. */
  assertSafe(): Promise<void>;
}

export interface PreflightOptions {
  memory: PreflightMemory;
  /** Ids of probes whose refusal the operator accepts. */
  accepted: readonly string[];
  /** What a result holds for; throws while the engine or the lab image is not there. */
  subject: () => Promise<Parameters<typeof preflightKey>[0]>;
  /** Throws while no sandbox can be started: then no round is begun, either. */
  assertUp: () => void;
  startThrowAway: () => Promise<ThrowAway>;
  /** Replaced in tests. */
  probeMachine?: () => Promise<ProbeResult[]>;
  probeEscapes?: (target: ThrowAway) => Promise<ProbeResult[]>;
  claimWaitMs?: number;
  now?: () => number;
  log: Logger;
}

export function createPreflight(options: PreflightOptions): Preflight {
  const { memory, log, now = Date.now, claimWaitMs = preflightLimits.claimWaitMs } = options;
  const accepted = [...options.accepted];
  const lookAtMachine = options.probeMachine ?? (() => probeMachine(thisMachine()));
  const tryEscapes = options.probeEscapes ?? probeEscapes;
  let machine: ProbeResult[] = [];
  let machineAt = Number.NEGATIVE_INFINITY;
  let result: Remembered | null = null;
  /** Of the subject that is there now; a result with another key does not count. */
  let key: string | null = null;
  let cutOff = 0;
  /** Why the last round could not run. */
  let problem: unknown = null;
  let queue: Promise<void> = Promise.resolve();
  const waiters: (() => void)[] = [];

  const judged = () => key !== null && result?.key === key;

  function status(): PreflightStatus {
    const probes = [...machine, ...(judged() ? (result?.probes ?? []) : [])];
    const base = { at: result?.at ?? null, ms: result?.ms ?? null, probes, accepted };
    if (key === null) return { ...base, state: 'waiting' };
    if (!judged()) return { ...base, state: 'running' };
    if (refusals(base).length > 0) return { ...base, state: 'refused' };
    return { ...base, state: probes.some(({ verdict }) => verdict === 'refuse') ? 'accepted' : 'passed' };
  }

  async function round(force: boolean): Promise<void> {
    const subject = await options.subject();
    const before = status().state;
    const current = preflightKey(subject);
    if (current !== key) cutOff = 0;
    key = current;
    if (force || before === 'refused' || now() - machineAt > preflightLimits.machineAgeMs) {
      machine = await lookAtMachine();
      // A busy machine may have answered too late: nobody is refused a sandbox for one look.
      if (machine.some(({ verdict }) => verdict === 'refuse')) machine = await lookAtMachine();
      machineAt = now();
    }
    if (!force && !judged()) result = memory.find(key);
    if (force || !judged()) await run(key);
    if (!judged()) return;
    preflightRefusals.set(refusals(status()).length);
    if (force || status().state !== before) tell();
    for (const done of waiters.splice(0)) done();
  }

  async function run(forKey: string): Promise<void> {
    const began = now();
    const target = await options.startThrowAway();
    try {
      const probes = await tryEscapes(target);
      const whole = probes.every(({ measured }) => measured !== unanswered);
      if (!whole && ++cutOff < preflightLimits.tries) {
        log.warn({ tries: cutOff }, 'the preflight was cut off; it is tried again');
        return;
      }
      result = { key: forKey, at: now(), ms: now() - began, probes };
      if (whole) memory.keep(result);
    } finally {
      await target.end().catch(err => log.warn({ err }, 'the throw-away sandbox stays for the reaper'));
    }
  }

  function tell(): void {
    const { state, ms, probes } = status();
    const bad = probes.filter(({ verdict }) => verdict === 'refuse');
    const fields = { state, ms, refused: bad.map(({ id, measured }) => ({ id, measured })) };
    if (state === 'passed') log.info({ state, ms, probes: probes.length }, 'preflight: sandboxes hold on this machine');
    else if (state === 'accepted')
      log.warn(fields, 'preflight: UNSAFE sandboxes are given away, as the operator accepts');
    else
      log.error(
        fields,
        'preflight: sandboxes are not safe here and none is given away; npm run doctor says what to do',
      );
  }

  /** One round at a time. */
  function enqueue(force: boolean): Promise<void> {
    queue = queue
      .then(() => round(force))
      .then(
        () => {
          problem = null;
        },
        err => {
          // What is missing may be missing for long.
          if (String(err) !== String(problem)) log.warn({ err }, 'the preflight could not run; it is tried again');
          problem = err;
        },
      );
    return queue;
  }

  function untilJudged(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, claimWaitMs);
      waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  function assertNotRefused(): void {
    if (status().state !== 'refused') return;
    const ids = refusals(status()).map(({ id }) => id);
    throw new CodedError('host-unsafe', `the preflight refuses: ${ids.join(', ')}`);
  }

  function assertPassed(): void {
    const { state } = status();
    if (state === 'passed' || state === 'accepted') return;
    assertNotRefused();
    options.assertUp();
    if (problem instanceof CodedError) throw problem;
    throw new CodedError('host-unsafe', `the preflight is ${state}`, {
      learnerMessage:
        'This server still finds out whether its sandboxes are safe. Your progress is kept. Try again in a minute.',
    });
  }

  return {
    status,
    assertNotRefused,
    assertPassed,
    ensure: () => enqueue(false),
    async rerun() {
      await enqueue(true);
      return status();
    },
    async assertSafe() {
      if (!judged()) await untilJudged();
      assertPassed();
    },
  };
}
