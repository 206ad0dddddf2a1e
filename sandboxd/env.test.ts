import { describe, expect, it } from 'vitest';
import { readEnv, remappedRoot } from './env.ts';

const token = 't'.repeat(32);

describe('readEnv', () => {
  it('fills in what need not be set', () => {
    expect(readEnv({ BELOWDECKD_PORT: '7070', BELOWDECKD_TOKEN: token })).toEqual({
      port: 7070,
      token,
      stateFolder: '/var/lib/belowdeck',
      dockerSocket: '/run/docker.sock',
      acceptedUnsafe: [],
      logLevel: 'info',
    });
  });

  it('takes the path of a socket, from the root', () => {
    const of = (value?: string) =>
      readEnv({ BELOWDECKD_PORT: '7070', BELOWDECKD_TOKEN: token, BELOWDECKD_SOCKET: value }).socket;
    expect([of(), of('/run/belowdeck/sandboxd.sock')]).toEqual([undefined, '/run/belowdeck/sandboxd.sock']);
    expect(() => of('sandboxd.sock')).toThrow(/BELOWDECKD_SOCKET/);
  });

  it('takes a list of probes that may fail, and no other word', () => {
    const of = (value: string) =>
      readEnv({ BELOWDECKD_PORT: '7070', BELOWDECKD_TOKEN: token, BELOWDECK_ACCEPT_UNSAFE_SANDBOXES: value });
    expect(of('uid-mapping,system-calls').acceptedUnsafe).toEqual(['uid-mapping', 'system-calls']);
    for (const wrong of ['*', 'a, b', 'A', 'a,']) expect(() => of(wrong), wrong).toThrow(/ACCEPT_UNSAFE/);
  });

  it.each(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])(
    'logs at each level of the web process: %s',
    level =>
      expect(readEnv({ BELOWDECKD_PORT: '7070', BELOWDECKD_TOKEN: token, BELOWDECKD_LOG: level }).logLevel).toBe(level),
  );

  it('names everything that is wrong at once, and not the token', () => {
    const read = () => readEnv({ BELOWDECKD_PORT: '0', BELOWDECKD_TOKEN: 'short-secret' });
    expect(read).toThrow(/BELOWDECKD_PORT[\s\S]*BELOWDECKD_TOKEN/);
    expect(read).not.toThrow(/short-secret/);
  });
});

describe('remappedRoot', () => {
  it('is the start of the range of dockremap', () => {
    expect(remappedRoot('someone:1:2\ndockremap:100000:65536\n')).toBe(100_000);
  });
  it('refuses a machine whose sandboxes would not be remapped', () => {
    expect(() => remappedRoot('someone:1:2\n')).toThrow(/dockremap/);
  });
});
