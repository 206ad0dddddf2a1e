import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, secretsOf } from './settings.ts';

const secrets = { BELOWDECK_SECRET: 's'.repeat(32), BELOWDECKD_TOKEN: 't'.repeat(32) };
const enough = { ...secrets, BELOWDECKD_URL: 'http://127.0.0.1:4000', BELOWDECK_STATE: '/state' };

describe('without a word', () => {
  it('binds to loopback, lets guests and sign-up in, keeps all under the state folder', () => {
    expect(readSettings(enough)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      url: 'http://127.0.0.1:3000',
      https: false,
      guests: true,
      signUp: true,
      databaseUrl: 'file:///state/data/belowdeck.db',
    });
  });

  it('knows this machine by its other names, on the same port only', () => {
    const { origins } = readSettings({ ...enough, PORT: '4100' });
    expect(origins.toSorted()).toEqual(['http://127.0.0.1:4100', 'http://[::1]:4100', 'http://localhost:4100']);
  });
});

it('has previews on loopback, elsewhere where it is told a name, and refuses one that cannot be kept apart', () => {
  const there = { ...enough, BELOWDECK_URL: 'https://labs.example.org' };
  expect(readSettings({ ...enough, PORT: '4100' }).preview).toEqual({
    protocol: 'http',
    hostname: 'localhost',
    port: '4100',
  });
  expect(readSettings(there).preview).toBeNull();
  expect(readSettings({ ...there, BELOWDECK_PREVIEW_HOST: 'p.example.net' }).preview?.hostname).toBe('p.example.net');
  expect(() => readSettings({ ...there, BELOWDECK_PREVIEW_HOST: 'example.org' })).toThrow(
    /BELOWDECK_PREVIEW_HOST.*above/,
  );
});

describe('reached from other machines', () => {
  const open = { ...enough, HOST: '0.0.0.0', BELOWDECK_URL: 'https://labs.example.org/' };

  it('is refused without https', () => {
    expect(() => readSettings({ ...enough, HOST: '0.0.0.0' })).toThrow(/HOST.*BELOWDECK_URL=https/s);
    expect(() => readSettings({ ...open, BELOWDECK_URL: 'http://labs.example.org' })).toThrow(/unencrypted/);
  });

  it('has one origin, and keeps guests and sign-up off unless asked for', () => {
    expect(readSettings(open)).toMatchObject({
      url: 'https://labs.example.org',
      origins: ['https://labs.example.org'],
      https: true,
      guests: false,
      signUp: false,
    });
    expect(readSettings({ ...open, BELOWDECK_GUESTS: 'on' })).toMatchObject({ guests: true, signUp: false });
  });

  it('counts as such behind a reverse proxy on this machine too', () => {
    expect(readSettings({ ...open, HOST: '' })).toMatchObject({ host: '127.0.0.1', guests: false, signUp: false });
  });
});

it('takes the path of a socket to sandboxd, one that a socket can have', () => {
  const of = (path?: string) => readSettings({ ...enough, BELOWDECKD_SOCKET: path }).sandboxdSocket;
  expect([of(), of(''), of('/state/run/main/sandboxd.sock')]).toEqual([null, null, '/state/run/main/sandboxd.sock']);
  expect(() => of('run/sandboxd.sock')).toThrow(/BELOWDECKD_SOCKET: must be an absolute path/);
  expect(() => of(`/${'a'.repeat(107)}`)).toThrow(/BELOWDECKD_SOCKET: must be shorter/);
});

it('says everything that is wrong at once', () => {
  const wrong = { ...enough, BELOWDECK_SECRET: 'short', BELOWDECKD_URL: '', HOST: '192.168.0.2' };
  expect(() => readSettings(wrong)).toThrow(/BELOWDECK_SECRET: has 5.*|BELOWDECKD_URL: not set/s);
  try {
    readSettings(wrong);
  } catch (error) {
    const { message } = error as Error;
    for (const name of ['BELOWDECK_SECRET', 'BELOWDECKD_URL', 'HOST']) expect(message).toContain(`- ${name}:`);
  }
  expect(() => readSettings({ PORT: 'x', BELOWDECK_GUESTS: 'maybe' })).toThrow(/PORT.*BELOWDECK_GUESTS/s);
});

describe('the database', () => {
  it('may be PostgreSQL, with a pool of a size', () => {
    const url = 'postgres://ada:secret@db.example.org/labs?sslmode=verify-full';
    expect(readSettings({ ...enough, DATABASE_URL: url })).toMatchObject({ databaseUrl: url, databasePool: 10 });
    expect(readSettings({ ...enough, BELOWDECK_DATABASE_POOL: '25' })).toMatchObject({ databasePool: 25 });
  });

  it('that cannot be meant is refused without its password', () => {
    for (const url of ['mysql://ada:secret@h/d', 'postgres://ada:secret@h', 'postgres://ada:sec:ret@h/d?x=1'])
      expect(() => readSettings({ ...enough, DATABASE_URL: url })).toThrow(/DATABASE_URL: (?!.*sec)/);
  });
});

describe('secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belowdeck-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('come from files of the state folder', () => {
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'web-secret'), `${'a'.repeat(40)}\n`);
    writeFileSync(join(folder, 'secrets', 'sandboxd-token'), `${'b'.repeat(40)}\n`);
    const settings = readSettings({ BELOWDECK_STATE: folder, BELOWDECKD_URL: enough.BELOWDECKD_URL });
    expect([settings.secret, settings.sandboxdToken]).toEqual(['a'.repeat(40), 'b'.repeat(40)]);
  });

  it('that are missing are named with their file', () => {
    expect(() => readSettings({ BELOWDECK_STATE: folder, BELOWDECKD_URL: enough.BELOWDECKD_URL })).toThrow(
      /secrets\/web-secret.*secrets\/sandboxd-token/s,
    );
  });

  it('leave /metrics off where its token is not there or too short', () => {
    const given = { ...enough, BELOWDECK_STATE: folder };
    expect(readSettings(given).metricsToken).toBeNull();
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'metrics-token'), 'short\n');
    expect(readSettings(given).metricsToken).toBeNull();
    writeFileSync(join(folder, 'secrets', 'metrics-token'), `${'m'.repeat(32)}\n`);
    expect(readSettings(given).metricsToken).toBe('m'.repeat(32));
    expect(readSettings({ ...given, BELOWDECK_METRICS_TOKEN: 'n'.repeat(32) }).metricsToken).toBe('n'.repeat(32));
    expect(() => readSettings({ ...given, BELOWDECK_METRICS_TOKEN: 'short' })).toThrow(/BELOWDECK_METRICS_TOKEN/);
  });
});

it('names what must never stand in a log, as it is written in an address too', () => {
  const settings = readSettings({ ...enough, BELOWDECK_METRICS_TOKEN: 'm'.repeat(32) });
  const databaseUrl = 'postgres://bd:p%40ssword@db/belowdeck';
  expect(secretsOf({ ...settings, databaseUrl })).toEqual([
    ...['s', 't', 'm'].map(letter => letter.repeat(32)),
    'p%40ssword',
    'p@ssword',
  ]);
  expect(secretsOf({ ...settings, databaseUrl: 'postgres://bd:a@db/belowdeck' })).not.toContain('a');
});
