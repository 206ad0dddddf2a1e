import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import headless from '@xterm/headless';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLocalChain } from '#tests/support/terminal/local-chain.ts';
import { waitUntil } from '#tests/support/wait-until.ts';

let chain: Awaited<ReturnType<typeof startLocalChain>>;
beforeEach(async () => {
  chain = await startLocalChain();
});
afterEach(() => chain.stop());

/** Cuts every connection of one of the two stretches, as a network does: without a word. */
function cut(stretch: 'browser' | 'agent'): void {
  for (const socket of stretch === 'browser' ? chain.browserSockets : chain.agentSockets) socket.terminate();
}

describe('a terminal through page, web and sandboxd', () => {
  it('types and shows', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    connection.input('echo $((6*7))\r');
    await screen.until(/\r\n42\r\n\$ $/);
  });

  it('loses and doubles no byte in 1,000 cuts at random moments', async () => {
    const { connection, screen, statuses } = chain.connect();
    await screen.until(/\$ $/);
    connection.input('n=0; while :; do n=$((n+1)); echo "line $n of many"; done\r');
    const state = () => connection.status.state;
    let cuts = 0;
    while (cuts < 1_000) {
      await pause(Math.random() * 6);
      cut(Math.random() < 0.5 ? 'browser' : 'agent');
      cuts++;
      while (state() !== 'reconnecting') await pause(1);
      connection.retryNow();
      while (state() !== 'live') await pause(1);
    }
    connection.input('\x03');
    await screen.until(/\^C(.|\s)*\$ $/, 20_000);
    expect(statuses.filter(status => status.state === 'reconnecting').length).toBeGreaterThanOrEqual(1_000);
    expect(screen.bytes.filter((byte, i, all) => byte === 0x1b && all[i + 1] === 0x63)).toHaveLength(1);
    const numbers = [...screen.text.matchAll(/line (\d+) of many\r\n/g)].map(match => Number(match[1]));
    expect(numbers.length).toBeGreaterThan(1_000);
    expect(numbers.findIndex((number, i) => number !== i + 1)).toBe(-1);
  }, 120_000);

  it('loses and doubles no key in 300 cuts at random moments', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    connection.input('stty -echo; md5sum\r');
    await screen.until(/md5sum\r\n/);
    const state = () => connection.status.state;
    let [typed, typing] = ['', true];
    const person = (async () => {
      for (let n = 1; typing; n++) {
        const line = `line ${n} of what is typed`;
        for (const part of [line.slice(0, 5), line.slice(5)]) connection.input(part);
        connection.input('\r');
        typed += `${line}\n`;
        await pause(Math.random() * 3);
      }
    })();
    for (let cuts = 0; cuts < 300; cuts++) {
      await pause(Math.random() * 8);
      cut(Math.random() < 0.5 ? 'browser' : 'agent');
      while (state() !== 'reconnecting') await pause(1);
      connection.retryNow();
      while (state() !== 'live') await pause(1);
    }
    typing = false;
    await person;
    connection.input('\x04');
    expect(typed.split('\n').length).toBeGreaterThan(300);
    await screen.until(new RegExp(`${createHash('md5').update(typed).digest('hex')}  -`), 20_000);
  }, 120_000);

  it('sends what was typed without a network once, in order, when it is back', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    connection.offline();
    for (const key of 'echo kept') connection.input(key);
    expect(connection.status).toMatchObject({ state: 'reconnecting', offline: true, queued: 9 });
    connection.retryNow();
    await waitUntil('the connection', () => connection.status.state === 'live');
    await waitUntil('what waited to be sent', () => connection.status.queued === 0);
    connection.input('\r');
    await screen.until(/\r\nkept\r\n/);
    expect(screen.text.match(/echo kept/g)).toHaveLength(1);
  });

  it('comes back by itself within a second of a cut', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    cut('browser');
    await waitUntil('the drop', () => connection.status.state === 'reconnecting');
    const dropped = performance.now();
    await waitUntil('the connection', () => connection.status.state === 'live');
    expect(performance.now() - dropped).toBeLessThan(1_000);
  });

  it('brings UTF-8 whole to the screen, however it is split', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    const text = '✓ naïve 漢字 🐳';
    const bytes = [...Buffer.from(text)].map(byte => `\\\\x${byte.toString(16)}`).join(' ');
    connection.input(`stty -echo; clear; for b in ${bytes}; do printf $b; sleep 0.01; done; echo; echo E''ND\r`);
    await screen.until(/END\r\n/);
    const terminal = new headless.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
    await new Promise<void>(resolve => terminal.write(screen.bytes, resolve));
    const lines = Array.from({ length: 24 }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true));
    expect(lines).toContain(text);
    expect(lines.join('')).not.toContain('\ufffd');
  });

  it('pastes a megabyte without losing a byte', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    const lines = 12_000;
    connection.input('stty -echo; head -n 12000 | cksum\r');
    await pause(300);
    const paste = `${'x'.repeat(79)}\n`.repeat(lines);
    connection.input(paste);
    await screen.until(/\d+ 960000\r\n/, 30_000);
  }, 60_000);

  it('says that the terminal is over, and tries no more', async () => {
    const { connection, screen } = chain.connect();
    await screen.until(/\$ $/);
    connection.input('exit 3\r');
    await waitUntil('the end', () => connection.status.state === 'ended');
    expect(connection.status.cause).toEqual({ kind: 'exit', code: 3 });
    const other = chain.connect();
    await waitUntil('the end', () => other.connection.status.state === 'ended');
    expect(other.screen.text).toContain('exit 3');
  });

  it('hands the reason on when the terminal is closed elsewhere or its sandbox ends', async () => {
    const first = chain.connect();
    await first.screen.until(/\$ $/);
    await chain.terminals.endAll('aaaaaaaaaaaa');
    await waitUntil('the end', () => first.connection.status.state === 'ended');
    expect(first.connection.status.cause).toEqual({ kind: 'refused', code: 'sandbox-ended' });
    const second = chain.connect();
    await waitUntil('the end', () => second.connection.status.state === 'ended');
    // Gone while nobody looked: sandboxd no longer knows it.
    expect(second.connection.status.cause).toEqual({ kind: 'lost' });
  });

  it('answers no question of a program a second time when its output is replayed', async () => {
    const first = chain.connect();
    await first.screen.until(/\$ $/);
    first.connection.input("printf '\\e[6n'; read -rs -d R answer; echo done\r");
    await pause(100);
    first.connection.input('\x1b[5;1R');
    await first.screen.until(/\x1b\[6ndone\r\n\$ $/);
    const second = chain.connect();
    // As xterm does while it parses the replay.
    const write = second.screen.write.bind(second.screen);
    second.screen.write = (data, rendered) => {
      if (Buffer.from(data as Uint8Array).includes('\x1b[6n')) second.connection.input('\x1b[9;9R');
      write(data, rendered);
    };
    await second.screen.until(/\x1b\[6ndone\r\n\$ $/);
    second.connection.input('echo clean\r');
    await second.screen.until(/\r\nclean\r\n\$ $/);
    expect(second.screen.text).not.toContain('9;9R');
  });
});
