import { Counter } from 'prom-client';
import { registry } from './registry.ts';

const registers = [registry];

/** Times the network fence had been changed by somebody and was put up again. */
export const fenceRestored = new Counter({
  name: 'belowdeck_network_fence_restored_total',
  help: 'Times the network fence around sandboxes had been changed by somebody else and was put up again.',
  registers,
});

/** Looks at the fence from inside a sandbox, by outcome: fenced, open (something answered that must not), dead (nothing did). */
export const fenceLooks = new Counter({
  name: 'belowdeck_network_fence_looks_total',
  help: 'Looks at the network fence from inside a new sandbox, by outcome: fenced, open, dead.',
  labelNames: ['outcome'],
  registers,
});
