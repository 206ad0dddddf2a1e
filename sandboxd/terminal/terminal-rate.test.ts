import { afterEach, describe, expect, it } from 'vitest';
import { OutputRate } from './output-rate.ts';
import { TerminalSession } from './terminal-session.ts';
import { LocalBashSource } from './testing/local-bash-source.ts';
import { TerminalClient } from './testing/terminal-client.ts';
import { startTerminalServer } from './testing/terminal-server.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A session over a real bash that may write 100 kB at full speed, then 200 kB a second: slow enough for any machine. */
async function startSession() {
  const size = { cols: 80, rows: 24 };
  const request = { sandbox: { id: 'x', containerId: 'x' }, terminalId: 'x', ...size };
  const pty = await new LocalBashSource().open(request);
  const held: number[] = [];
  const rate = new OutputRate({ bytesPerSecond: 200_000, burstBytes: 100_000 }, bytes => held.push(bytes));
  const session = new TerminalSession({ pty, ...size, rate });
  const server = await startTerminalServer((socket, _path, from) => session.attach(socket, from));
  cleanups.push(server.stop, () => session.close(1000, ''));
  const client = new TerminalClient(server.url);
  await client.untilText(/\$ $/);
  client.forget();
  return { client, held, watch: () => new TerminalClient(server.url) };
}

/** Seconds until 549 kB of numbers are through. */
async function flood(client: TerminalClient): Promise<number> {
  const began = performance.now();
  client.type('seq 1 80000; echo o""ver\r');
  await client.untilText(/\r\nover\r\n/, 60_000);
  return (performance.now() - began) / 1000;
}

describe('a terminal with a budget', () => {
  it('is held to its rate after the burst, and loses nothing', async () => {
    const { client, held } = await startSession();
    expect(await flood(client)).toBeGreaterThan(1.8);
    const lines = client.text.split('\r\n').filter(line => /^\d+$/.test(line));
    expect(lines).toHaveLength(80_000);
    expect(lines.at(-1)).toBe('80000');
    expect(held.length).toBeGreaterThan(0);
  });

  it('answers Ctrl-C at once while it is held', async () => {
    const { client } = await startSession();
    client.type('yes\r');
    await client.until(() => client.received > 300_000, 30_000);
    const began = performance.now();
    client.type('\x03');
    await client.untilText(/\^C\r\n[\s\S]*\$ $/, 10_000);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('counts each viewer’s copy', async () => {
    const { client, watch } = await startSession();
    const second = watch();
    await second.until(() => second.states.length > 0);
    expect(await flood(client)).toBeGreaterThan(4.2);
    second.cut();
  });
});
