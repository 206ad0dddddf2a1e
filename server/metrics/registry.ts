import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * All numbers of the web process; /metrics shows them together with sandboxd's. Add one as sandboxd/metrics/registry.ts
 * says. Only code that server/main.ts loads may use it: pages run in copies of their own.
 */
export const registry = new Registry();

collectDefaultMetrics({ register: registry, prefix: 'belowdeck_web_' });
// Levels that are named like counters, which a linter of scrapes objects to.
for (const name of ['handles', 'requests', 'resources'])
  registry.removeSingleMetric(`belowdeck_web_nodejs_active_${name}_total`);
