import { Counter, Gauge, Histogram } from 'prom-client';
import { buckets } from './buckets.ts';
import { registry } from './registry.ts';

const registers = [registry];

/** Times a fence around a sandbox acted, by fence: memory, pids, disk, inodes, cpu, cgroups, terminal, … */
export const fencesActed = new Counter({
  name: 'belowdeck_fences_acted_total',
  help: 'Times a limit of a sandbox acted, by fence.',
  labelNames: ['fence'],
  registers,
});

/** Times a sandbox that kept processors busy was put behind the others. */
export const putBehind = new Counter({
  name: 'belowdeck_put_behind_total',
  help: 'Times a sandbox that kept processors busy was put behind the others.',
  registers,
});

/** Seconds between a claim that had to wait and its sandbox, or its giving up. */
export const queueWait = new Histogram({
  name: 'belowdeck_queue_wait_seconds',
  help: 'Time that learners waited for room, for those who had to.',
  buckets: buckets.wait,
  registers,
});

/** Seconds of each phase of a sandbox's start; phase `all` is the whole of it. */
export const sandboxStart = new Histogram({
  name: 'belowdeck_sandbox_start_seconds',
  help: 'Time that the start of a sandbox took, by phase; phase "all" is the whole.',
  labelNames: ['phase'],
  buckets: buckets.start,
  registers,
});

/** Starts that failed. */
export const sandboxStartFailures = new Counter({
  name: 'belowdeck_sandbox_start_failures_total',
  help: 'Sandboxes that did not start.',
  registers,
});

/** Seconds from a claim to the handed-over sandbox, without the wait for room; `from`: warm or cold. */
export const handOver = new Histogram({
  name: 'belowdeck_sandbox_hand_over_seconds',
  help: 'Time from a claim to its sandbox, by where it came from: warm (waiting in the pool) or cold (started for it).',
  labelNames: ['from'],
  buckets: buckets.quick,
  registers,
});

/** Sandboxes that ended, by reason (`endReasonSchema`). */
export const sandboxesEnded = new Counter({
  name: 'belowdeck_sandboxes_ended_total',
  help: 'Sandboxes that ended, by reason.',
  labelNames: ['reason'],
  registers,
});

/** Seconds that looking at a sandbox took. */
export const factsSeconds = new Histogram({
  name: 'belowdeck_facts_seconds',
  help: 'Time that one look at a sandbox took.',
  buckets: buckets.quick,
  registers,
});

/** Seconds that calls took, by method of the RPC table and outcome: ok or the code of the error. */
export const rpcSeconds = new Histogram({
  name: 'belowdeck_rpc_seconds',
  help: 'Time that calls of the web process took, by method and outcome.',
  labelNames: ['method', 'outcome'],
  buckets: buckets.quick,
  registers,
});

/** Probes of the preflight that keep sandboxes from being given away. */
export const preflightRefusals = new Gauge({
  name: 'belowdeck_preflight_refusals',
  help: 'Probes that found sandboxes unsafe on this machine; above 0 none is given away.',
  registers,
});
