import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { connectionLimits } from './connection-limits.ts';
import { TerminalConnection } from './terminal-connection.ts';
import { startScriptedServer } from './testing/scripted-server.ts';

let server: Awaited<ReturnType<typeof startScriptedServer>>;
let connection: TerminalConnection;
let screen: string[];
/** What was written and is not rendered yet. */
let rendering: (() => void)[];

const until = (what: () => void) => vi.waitFor(what, { timeout: 5_000 });
const connections = (count: number) => until(() => expect(server.from).toHaveLength(count));
/** The server takes the page in, at this offset of the output. */
const attach = (offset = 0, more: { reset?: boolean; live?: number } = {}) =>
  server.state({ type: 'attached', offset, reset: false, live: offset, cols: 80, rows: 24, ...more });
const typed = (bytes: number) => server.state({ type: 'typed', bytes });

beforeEach(async () => {
  server = await startScriptedServer();
  screen = [];
  rendering = [];
  connection = new TerminalConnection({
    url: server.url,
    screen: {
      write(data, rendered) {
        screen.push(Buffer.from(data as Uint8Array).toString());
        rendering.push(rendered);
      },
      resize: (cols, rows) => screen.push(`${cols}x${rows}`),
    },
    onStatus: () => {},
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  connection.connect();
  await connections(1);
});
afterEach(async () => {
  connection.dispose();
  await server.stop();
});

describe('input', () => {
  it('waits until the server has said from where on it wants it', async () => {
    connection.input('early ');
    attach();
    await until(() => expect(server.frames()).toMatchObject([{ kind: 'writer', taken: 0 }]));
    connection.input('typed');
    expect(connection.status).toMatchObject({ state: 'live', overflowed: false });
    typed(0);
    await until(() => expect(server.typed()).toBe('early typed'));
    await until(() => expect(connection.status.queued).toBe(0));
  });

  it('that was under way when the connection broke is sent once more, what was taken is not', async () => {
    attach();
    typed(0);
    await until(() => expect(connection.status.state).toBe('live'));
    connection.input('abcdef');
    await until(() => expect(server.typed()).toBe('abcdef'));
    typed(2);
    await pause(20);
    server.cut();
    await until(() => expect(connection.status.state).toBe('reconnecting'));
    connection.input('gh');
    await connections(2);
    attach();
    await until(() => expect(server.frames()).toMatchObject([{ kind: 'writer', taken: 2 }]));
    typed(3);
    await until(() => expect(server.typed()).toBe('defgh'));
  });

  it('has no more under way than the window, until the server has taken some', async () => {
    attach();
    typed(0);
    await until(() => expect(connection.status.state).toBe('live'));
    const { inputWindow, inputFrameBytes } = terminalLimits;
    connection.input('x'.repeat(inputWindow + 10));
    await until(() => expect(server.typed()).toHaveLength(inputWindow));
    await pause(50);
    expect(server.typed()).toHaveLength(inputWindow);
    typed(inputFrameBytes);
    await until(() => expect(server.typed()).toHaveLength(inputWindow + 10));
  });

  it('that does not fit is refused whole, and the status says so until it is live again', async () => {
    connection.input('x'.repeat(connectionLimits.queueBytes));
    connection.input('y');
    expect(connection.status).toMatchObject({ queued: connectionLimits.queueBytes, overflowed: true });
    attach();
    await until(() => expect(connection.status).toMatchObject({ state: 'live', overflowed: false }));
  });

  it('leaves out what the screen answers to questions of a replay', async () => {
    attach(0, { reset: true, live: 5 });
    typed(0);
    server.output(0, '\x1b[6n!');
    await until(() => expect(screen).toContain('\x1b[6n!'));
    connection.input('\x1b[1;1R');
    for (const done of rendering.splice(0)) done();
    connection.input('\x1b[2;2R');
    await until(() => expect(server.typed()).toBe('\x1b[2;2R'));
  });
});

describe('output', () => {
  it('is handed on once, also where the server says it again, and goes on from there after a break', async () => {
    attach();
    server.output(0, 'abc');
    server.output(1, 'bcd');
    await until(() => expect(connection.received).toBe(4));
    server.cut();
    await connections(2);
    expect(server.from).toEqual([null, '4']);
    attach(4);
    server.output(4, 'e');
    await until(() => expect(screen).toEqual(['80x24', 'abc', 'd', '80x24', 'e']));
  });

  it('with a gap is not shown: it is asked for again', async () => {
    attach();
    server.output(0, 'abc');
    server.output(7, 'late');
    await connections(2);
    expect([server.from[1], screen]).toEqual(['3', ['80x24', 'abc']]);
  });

  it('is acknowledged when it is rendered, a little of it not', async () => {
    attach();
    const much = 'x'.repeat(terminalLimits.ackEvery);
    server.output(0, much);
    await until(() => expect(screen).toContain(much));
    expect(server.acks()).toEqual([]);
    for (const done of rendering.splice(0)) done();
    server.output(much.length, 'y');
    await until(() => expect(screen).toContain('y'));
    for (const done of rendering.splice(0)) done();
    await pause(30);
    expect(server.acks()).toEqual([much.length]);
  });

  it('begins anew on a reset, and what was rendered of the life before does not count', async () => {
    attach();
    server.output(0, 'old'.repeat(10_000));
    await until(() => expect(connection.received).toBe(30_000));
    attach(100, { reset: true });
    server.state({ type: 'snapshot', offset: 100, data: 'screen' });
    await until(() => expect(screen.slice(2)).toEqual(['\x1bc', '80x24', 'screen']));
    for (const done of rendering.splice(0)) done();
    await pause(30);
    expect([connection.received, server.acks()]).toEqual([100, []]);
  });
});

describe('the end', () => {
  it('is the shell’s, with its code', async () => {
    attach();
    server.state({ type: 'exit', code: 3 });
    await until(() => expect(connection.status).toMatchObject({ state: 'ended', cause: { kind: 'exit', code: 3 } }));
    connection.input('x');
    expect(connection.status.queued).toBe(0);
  });

  it('is a refusal when a live connection is told so', async () => {
    attach();
    await until(() => expect(connection.status.state).toBe('live'));
    server.close('terminal-not-found');
    const cause = { kind: 'refused', code: 'terminal-not-found' };
    await until(() => expect(connection.status).toMatchObject({ state: 'ended', cause }));
  });

  it('is a loss when one that came back is told so', async () => {
    attach();
    await until(() => expect(connection.status.state).toBe('live'));
    server.cut();
    await connections(2);
    server.close('terminal-not-found');
    await until(() => expect(connection.status).toMatchObject({ state: 'ended', cause: { kind: 'lost' } }));
  });
});
