import { once } from 'node:events';
import net from 'node:net';
import { beforeEach, expect, it } from 'vitest';
import { databaseError } from '#data/database-errors.ts';
import { migrate } from '#data/migrate.ts';
import { whenDatabaseAnswers } from './when-database-answers.ts';

const limits = { firstMs: 5, mostMs: 20, atMostMs: 2_000 };
let said: string[];
const log = {
  info: (_: object, text: string) => void said.push(text),
  warn: (_: object, text: string) => void said.push(text),
};
beforeEach(() => {
  said = [];
});

const away = () => Object.assign(databaseError('cannot be reached', 'Is it running?'), { away: true });

it('opens at once what answers, and says nothing', async () => {
  expect(await whenDatabaseAnswers(async () => 'open', { log, limits })).toBe('open');
  expect(said).toEqual([]);
});

it('waits while nobody answers, with growing pauses, and says so once', async () => {
  const tried: number[] = [];
  const open = async () => {
    tried.push(performance.now());
    if (tried.length < 5) throw away();
    return 'open';
  };
  expect(await whenDatabaseAnswers(open, { log, limits })).toBe('open');
  expect(said).toEqual(['the database does not answer; waiting for it', 'the database answers']);
  const pauses = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
  for (const [index, least] of [5, 10, 20, 20].entries()) expect(pauses[index]).toBeGreaterThan(least - 2);
});

it('gives up after a while, with the reason', async () => {
  const began = performance.now();
  const open = () => Promise.reject(away());
  await expect(whenDatabaseAnswers(open, { log, limits: { ...limits, atMostMs: 60 } })).rejects.toThrow(
    'Is it running?',
  );
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('does not wait for what waiting does not mend', async () => {
  const wrong = databaseError('does not take this password', 'Check it.');
  await expect(whenDatabaseAnswers(() => Promise.reject(wrong), { log, limits })).rejects.toBe(wrong);
  expect(said).toEqual([]);
});

it('waits for a real port where nobody listens yet, and sees what then does', async () => {
  const server = net.createServer();
  const listening = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening');
  await listening(0);
  const { port } = server.address() as net.AddressInfo;
  await new Promise(closed => server.close(closed));
  // A server that turns the password down, in PostgreSQL's own words.
  const refusal = Buffer.from('SFATAL\0C28P01\0Mpassword authentication failed\0\0');
  const head = Buffer.from([0x45, 0, 0, 0, refusal.length + 4]);
  server.on('connection', socket => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([head, refusal])));
  });
  const opened = whenDatabaseAnswers(() => migrate(`postgres://ada:secret@127.0.0.1:${port}/belowdeck`), {
    log,
    limits: { ...limits, atMostMs: 10_000 },
  });
  const refused = expect(opened).rejects.toThrow(/does not take this password/);
  await expect.poll(() => said).toEqual(['the database does not answer; waiting for it']);
  await listening(port);
  await refused;
  await new Promise(closed => server.close(closed));
});
