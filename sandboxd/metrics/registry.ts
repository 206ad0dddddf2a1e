import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * All numbers that sandboxd shows at /metrics.
 *
 * To add one, make a `Counter` (only grows; name ends in _total), a `Gauge` (a level) or a `Histogram` (durations, in
 * seconds) in metrics.ts with `registers: [registry]`, `name: 'belowdeck_…'`, a `help` sentence and `labelNames`; then
 * call `.inc()`, `.set()` or `.observe()` where the thing happens. Values of labels come from short fixed lists: never an
 * id, a name or anything else of a learner's, since each value is kept until sandboxd ends. A level that is known
 * elsewhere is not kept twice: give its gauge a `collect()` (state-gauges.ts).
 */
export const registry = new Registry();

/** Prefix of Node's own numbers of this process: the web process has the same ones under its own prefix. */
const PROCESS_PREFIX = 'belowdeck_sandboxd_';

collectDefaultMetrics({ register: registry, prefix: PROCESS_PREFIX });
// Levels that are named like counters, which a linter of scrapes objects to.
for (const name of ['handles', 'requests', 'resources'])
  registry.removeSingleMetric(`${PROCESS_PREFIX}nodejs_active_${name}_total`);
