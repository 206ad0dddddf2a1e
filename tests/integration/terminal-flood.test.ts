import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TerminalConnection } from '#components/terminal/terminal-connection.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { claimSandbox, endAll } from '#tests/support/claim.ts';
import { type TestSandboxHost, testSandboxHost } from '#tests/support/sandbox-host.ts';
import { RecordingScreen } from '#tests/support/terminal/recording-screen.ts';
import { openTerminal } from '#tests/support/terminal/sandbox-terminal.ts';
import { startRelayProcess } from '#tests/support/terminal/start-relay-process.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

const FLOOD_MS = 60_000;
const MEBIBYTE = 1024 * 1024;

let host: TestSandboxHost;
let client: SandboxdClient;
let relay: Awaited<ReturnType<typeof startRelayProcess>>;
beforeAll(async () => {
  host = await testSandboxHost();
  client = host.client();
  relay = await startRelayProcess(host.url.replace('http', 'ws'), host.token);
});
afterAll(async () => {
  await relay.stop();
  await endAll(client);
  client.stop();
});

/** Resident memory of sandboxd, bytes. */
async function sandboxdMemory(): Promise<number> {
  const script = 'awk "/^VmRSS/ {print \\$2}" /proc/$(pgrep -xf "node /app/sandboxd/main.ts")/status';
  return Number((await host.inside(['sh', '-c', script])).stdout) * 1024;
}

function connect(terminalId: string, screen: RecordingScreen): TerminalConnection {
  const connection = new TerminalConnection({
    url: `${relay.url}/terminal/${terminalId}`,
    screen,
    onStatus: () => {},
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  connection.connect();
  return connection;
}

describe('a flood', () => {
  it('of 60 seconds to slow, stalled and lying clients grows neither process; another terminal stays quick', async () => {
    const [flooded, quiet] = [await claimSandbox(client), await claimSandbox(client)];
    const { info, terminal: silent } = await openTerminal(client, flooded.id);
    const slow = new RecordingScreen({ millisecondsPerMegabyte: 2_000, keep: false });
    const page = connect(info.id, slow);
    // One that acknowledges what it never reads, and one that reads and never acknowledges.
    const liar = new WebSocket(`${relay.url}/terminal/${info.id}`, { perMessageDeflate: false });
    await new Promise(resolve => liar.once('open', resolve));
    liar.pause();
    const lies = setInterval(() => liar.send(Buffer.from([0x11, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])), 50);
    silent.acking = false;
    const other = new RecordingScreen();
    const quietInfo = await client.call('terminal.open', { sandboxId: quiet.id, cols: 80, rows: 24 });
    const elsewhere = connect(quietInfo.id, other);
    await waitUntil('both pages', () => page.status.state === 'live' && elsewhere.status.state === 'live');

    const before = { sandboxd: await sandboxdMemory(), relay: await relay.memory() };
    page.input('yes a line that says the same again and again\r');
    const peak = { ...before };
    const echoes: number[] = [];
    for (const until = Date.now() + FLOOD_MS; Date.now() < until; ) {
      await pause(1_000);
      peak.sandboxd = Math.max(peak.sandboxd, await sandboxdMemory());
      peak.relay = Math.max(peak.relay, await relay.memory());
      const mark = `mark${echoes.length}`;
      const typed = performance.now();
      elsewhere.input(`${mark}\x15`);
      await other.until(new RegExp(mark));
      echoes.push(performance.now() - typed);
    }
    clearInterval(lies);
    liar.terminate();
    expect(slow.bytesSeen).toBeGreaterThan(5 * MEBIBYTE);
    expect(peak.sandboxd - before.sandboxd).toBeLessThan(64 * MEBIBYTE);
    expect(peak.relay - before.relay).toBeLessThan(64 * MEBIBYTE);
    expect(echoes.sort((a, b) => a - b)[Math.floor(echoes.length / 2)]).toBeLessThan(150);
    page.dispose();
    elsewhere.dispose();
    silent.cut();
  }, 120_000);

  it('ends within 100 ms of Ctrl-C, in a page that renders as fast as xterm does', async () => {
    const sandbox = await claimSandbox(client);
    const { id } = await client.call('terminal.open', { sandboxId: sandbox.id, cols: 80, rows: 24 });
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      // 20 MB/s.
      const screen = new RecordingScreen({ millisecondsPerMegabyte: 50 });
      const page = connect(id, screen);
      await waitUntil('the page', () => page.status.state === 'live');
      await screen.until(/\$ (\x1b\[\S*)?$/);
      const start = screen.bytesSeen;
      page.input('yes flooding\r');
      await waitUntil('a flood', () => screen.bytesSeen - start > 2 * MEBIBYTE, 30_000);
      const pressed = performance.now();
      page.input('\x03');
      const seen = () => screen.bytes.subarray(-400).toString();
      while (!/\^C(.|\s){0,300}\$ $/u.test(seen())) await pause(1);
      times.push(performance.now() - pressed);
      page.dispose();
    }
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(100);
  }, 120_000);
});
