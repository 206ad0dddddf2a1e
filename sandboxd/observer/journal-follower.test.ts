import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineClient } from '../engine/engine-client.ts';
import { connectUnix } from '../engine/unix-connect.ts';
import { createEventJournal } from './event-journal.ts';
import { followEvents } from './journal-follower.ts';

const event = (n: number) => ({
  Type: 'container',
  Action: 'start',
  Actor: { ID: `c${n}`, Attributes: {} },
  time: 1000 + n,
  timeNano: (1000 + n) * 1e9,
});

let folder: string;
let file: string;
let server: http.Server;
let asked: string[];
/** Open event streams of the pretended daemon. */
let streams: http.ServerResponse[];
let history: number[];
const stops: AbortController[] = [];

async function up(): Promise<void> {
  server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200).flushHeaders();
    for (const n of history) response.write(`${JSON.stringify(event(n))}\n`);
    streams.push(response);
  });
  await new Promise<void>(resolve => server.listen(file, resolve));
}
function down(): void {
  server.close();
  for (const stream of streams.splice(0)) stream.destroy();
}

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'follower-'));
  file = path.join(folder, 'docker.sock');
  [asked, streams, history] = [[], [], []];
  await up();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
  down();
  fs.rmSync(folder, { recursive: true });
});

function follow() {
  const stop = new AbortController();
  stops.push(stop);
  const journal = createEventJournal();
  const connections: boolean[] = [];
  void followEvents({
    docker: createEngineClient({ connect: () => connectUnix(file), bounds: { timeoutMs: 1000, maxBytes: 1000 } }),
    journal,
    createdAt: 999_000,
    signal: stop.signal,
    socketIdentity: () => (fs.existsSync(file) ? String(fs.statSync(file).ino) : null),
    onEvent: () => {},
    onConnection: connected => {
      if (connections.at(-1) !== connected) connections.push(connected);
    },
  });
  return { journal, connections };
}
const seqs = (journal: ReturnType<typeof createEventJournal>) => journal.after(0).events.map(each => each.actor);

describe('following events', () => {
  it('asks from the beginning, then from the last event on, and takes none twice', async () => {
    history = [1, 2];
    const { journal, connections } = follow();
    await pause(100);
    down();
    history = [2, 3];
    await up();
    await pause(300);
    expect(seqs(journal)).toEqual(['c1', 'c2', 'c3']);
    expect(connections).toEqual([true, false, true]);
    expect(asked[0]).toContain('/events?since=998.999999000');
    expect(asked[1]).toContain('/events?since=1001.999999000');
  });

  it('leaves when the socket goes, though the stream is still open', async () => {
    const { connections } = follow();
    await pause(100);
    expect(connections).toEqual([true]);
    fs.rmSync(file);
    await pause(400);
    expect(connections).toEqual([true, false]);
  });

  it('passes over what is no event', async () => {
    const { journal } = follow();
    await pause(100);
    streams[0]?.write(`{"Type":5}\nnonsense\n${JSON.stringify(event(9))}\n`);
    await pause(100);
    expect(seqs(journal)).toEqual(['c9']);
  });
});
