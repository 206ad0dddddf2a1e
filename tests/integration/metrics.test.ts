import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TerminalClient } from '#sandboxd/terminal/testing/terminal-client.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { type MetricFamily, parseExposition } from '#server/metrics/exposition.ts';
import { type Person, signUp } from '#tests/security/support/people.ts';
import { type Belowdeck, startBelowdeck } from '#tests/support/belowdeck.ts';
import { sumOf } from '#tests/support/metrics.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

const token = 'the-token-of-a-scraper-in-the-tests-of-metrics';
const [course, lab] = ['docker-engine', 'process-tree'];
const step = loadCatalog('labs')
  .lab(course, lab)
  ?.steps.find(({ tasks }) => tasks.some(({ id }) => id === 'run-web'));

let belowdeck: Belowdeck;
let ada: Person;
let attempt: string;
let sandbox: string;
beforeAll(async () => {
  belowdeck = await startBelowdeck({ BELOWDECK_METRICS_TOKEN: token });
  ada = await signUp(belowdeck, 'ada');
});
afterAll(() => belowdeck?.stop());

const scrape = async (headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
  fetch(`${belowdeck.url}/metrics`, { headers });
const families = async () => parseExposition(await (await scrape()).text());

describe('one address for scrapers', () => {
  it('is for who has the token, and says the same of sandboxd’s own', async () => {
    expect([(await scrape({})).status, (await scrape({ authorization: 'Bearer wrong' })).status]).toEqual([401, 401]);
    expect((await fetch(`${belowdeck.host.url}/metrics`)).status).toBe(401);
    expect((await scrape()).headers.get('content-type')).toContain('version=0.0.4');
  });

  it('shows both processes in the format that it claims', async () => {
    const all = await families();
    expect(sumOf(all, 'belowdeck_sandboxd_up')).toBe(1);
    expect(sumOf(all, 'belowdeck_engine_up')).toBe(1);
    for (const name of ['belowdeck_web_process_cpu_seconds_total', 'belowdeck_sandboxd_process_cpu_seconds_total'])
      expect(sumOf(all, name), name).toBeGreaterThan(0);
    expect(sumOf(all, 'belowdeck_database_query_seconds_count')).toBeGreaterThan(0);
  });
});

describe('what a learner does', () => {
  it('is counted: a sandbox, a key, a verdict', async () => {
    if (!step) throw new Error('the lab has no task');
    const before = await families();
    attempt = (await (await ada.ask('/api/v1/attempts', 'POST', { course, lab })).json()).id;
    await waitUntil(
      'a sandbox',
      async () => {
        const answer = await (await ada.ask(`/api/v1/attempts/${attempt}/sandbox/start`, 'POST', {})).json();
        sandbox = answer.sandbox?.id;
        return sandbox !== undefined;
      },
      60_000,
    );
    await ada.ask(`/api/v1/attempts/${attempt}/steps/${step.slug}`, 'POST', {});
    const ws = belowdeck.url.replace('http', 'ws');
    const headers = { cookie: ada.cookie, origin: belowdeck.url };
    const page = new WebSocket(`${ws}/ws/attempt/${attempt}`, { headers });
    await new Promise((resolve, reject) => page.once('message', resolve).once('error', reject));

    const opened = await ada.ask(`/api/v1/attempts/${attempt}/terminals`, 'POST', { cols: 80, rows: 24 });
    const terminal = new TerminalClient(`${ws}/ws/terminal/${attempt}/${(await opened.json()).id}`, { headers });
    await terminal.until(() => terminal.text.includes('$ '), 30_000);
    await new Promise(resolve => setTimeout(resolve, 500));
    terminal.forget();
    terminal.type('x');
    await terminal.until(() => terminal.text.includes('x'), 20_000);
    const solution = step.tasks.find(({ id }) => id === 'run-web')?.solution;
    await belowdeck.host.asLearner(sandbox, `docker rm -f web 2>/dev/null; ${solution}`);

    const grown = (all: MetricFamily[], name: string) => sumOf(all, name) - sumOf(before, name);
    let now = await families();
    await waitUntil(
      'a verdict brought about by an event',
      async () => {
        now = await families();
        return grown(now, 'belowdeck_event_to_verdict_seconds_count') > 0;
      },
      30_000,
    );
    expect(sumOf(now, 'belowdeck_sandboxes', { state: 'claimed' })).toBeGreaterThanOrEqual(1);
    // Whoever had to wait in line is counted there.
    const [atOnce, waited] = ['sandbox_hand_over', 'queue_wait'].map(of => grown(now, `belowdeck_${of}_seconds_count`));
    expect([atOnce, waited].sort()).toEqual([0, 1]);
    expect(grown(now, 'belowdeck_terminal_echo_seconds_count')).toBe(1);
    expect(sumOf(now, 'belowdeck_terminal_echo_seconds_sum')).toBeLessThan(2);
    expect(sumOf(now, 'belowdeck_websockets', { kind: 'terminal' })).toBe(1);
    expect(sumOf(now, 'belowdeck_websockets', { kind: 'attempt' })).toBe(1);
    for (const name of [
      'belowdeck_facts_seconds_count',
      'belowdeck_check_evaluation_seconds_count',
      'belowdeck_verdicts_total',
      'belowdeck_http_request_seconds_count',
      'belowdeck_rpc_seconds_count',
    ])
      expect(grown(now, name), name).toBeGreaterThan(0);
    terminal.cut();
    page.terminate();
    await waitUntil('closed sockets', async () => sumOf(await families(), 'belowdeck_websockets') === 0, 10_000);
  }, 120_000);

  it('leaves no name, id or address in the numbers, however many learners there are', async () => {
    const text = await (await scrape()).text();
    for (const secret of ['ada', attempt, sandbox, '127.0.0.1']) expect(text).not.toContain(secret);
    const labels = parseExposition(text).flatMap(({ samples }) =>
      samples.flatMap(sample => Object.keys(sample.labels)),
    );
    const known =
      'action,basis,fence,from,kind,le,method,outcome,phase,reason,space,state,status,type,version,major,minor,patch';
    expect([...new Set(labels)].filter(label => !known.split(',').includes(label))).toEqual([]);
  });
});

describe('the logs', () => {
  it('of both processes carry the id that the browser was told', async () => {
    const refused = await ada.ask(`/api/v1/attempts/${attempt}/sandbox/end`, 'POST', {});
    const id = refused.headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[a-f0-9]{12}$/);
    await waitUntil(
      'sandboxd’s line of that request',
      async () => {
        const { stdout } = await import('#tests/support/sandbox-host.ts').then(({ run }) =>
          run(['docker', 'logs', '--tail', '400', belowdeck.host.container]),
        );
        const lines = stdout.split('\n').filter(line => line.includes(`"request":"${id}"`));
        return lines.some(line => JSON.parse(line).sandbox === sandbox && JSON.parse(line).attempt === attempt);
      },
      20_000,
    );
  });

  it('have no token and no cookie in them', () => {
    const text = readFileSync(belowdeck.log, 'utf8');
    for (const secret of [belowdeck.host.token, token, ada.cookie.split('=')[1] ?? 'none'])
      expect(text).not.toContain(secret);
  });
});
