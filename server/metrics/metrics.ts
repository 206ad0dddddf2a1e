import { Counter, Gauge, Histogram } from 'prom-client';
import { registry } from './registry.ts';

const registers = [registry];
/** Upper bounds in seconds: what a learner notices lies between 50 ms and a few seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Seconds until an answer was sent whole, by kind (route-kind.ts), method and class of status. */
export const httpSeconds = new Histogram({
  name: 'belowdeck_http_request_seconds',
  help: 'Time until a request was answered, by kind of route, method and class of status.',
  labelNames: ['kind', 'method', 'status'],
  buckets,
  registers,
});

/** WebSockets of browsers that are open: attempt, terminal, class. */
export const openSockets = new Gauge({
  name: 'belowdeck_websockets',
  help: 'Open WebSockets of browsers, by kind: attempt, terminal, class, other.',
  labelNames: ['kind'],
  registers,
});

/** Seconds that the evaluation of one task took, without looking: pure computing. */
export const evaluationSeconds = new Histogram({
  name: 'belowdeck_check_evaluation_seconds',
  help: 'Time that evaluating the checks of one task on facts took; the looking is in belowdeck_facts_seconds.',
  buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5],
  registers,
});

/** Seconds from a change noticed by sandboxd to the stored and pushed verdict it brought about. */
export const verdictSeconds = new Histogram({
  name: 'belowdeck_event_to_verdict_seconds',
  help: 'Time from the moment sandboxd noticed a change in a sandbox to the new verdict, stored and sent to the page.',
  buckets,
  registers,
});

/** Tasks whose verdict changed, by its outcome. */
export const verdicts = new Counter({
  name: 'belowdeck_verdicts_total',
  help: 'Verdicts that said something new, by outcome.',
  labelNames: ['outcome'],
  registers,
});

/** Seconds between a key at the relay and the next output there; what it leaves out: echo-timer.ts. */
export const echoSeconds = new Histogram({
  name: 'belowdeck_terminal_echo_seconds',
  help: 'Time from a key frame that reached the web process to the next output of that terminal there.',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
  registers,
});

/** Seconds that the database took for one query. */
export const databaseSeconds = new Histogram({
  name: 'belowdeck_database_query_seconds',
  help: 'Time that the database took for a query.',
  buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  registers,
});

/** 1 while sandboxd's own numbers could be fetched at this scrape. */
export const sandboxdUp = new Gauge({
  name: 'belowdeck_sandboxd_up',
  help: 'Whether sandboxd gave its numbers for this scrape; where 0, they are missing here.',
  registers,
});
