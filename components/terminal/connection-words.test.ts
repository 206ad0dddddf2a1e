import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorTable } from '#domain/protocol/errors.ts';
import { connectionWords } from './connection-words.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

const live: ConnectionStatus = {
  state: 'live',
  offline: false,
  since: 0,
  queued: 0,
  overflowed: false,
  cause: null,
};

describe('connectionWords', () => {
  it('says nothing while all is well', () => {
    expect(connectionWords(live)).toBe(null);
    expect(connectionWords({ ...live, state: 'connecting' })).toBe(null);
  });

  it('says what waits to be sent', () => {
    expect(connectionWords({ ...live, state: 'reconnecting', queued: 12 })?.kept).toContain('12 characters');
    expect(connectionWords({ ...live, state: 'reconnecting', queued: 1 })?.kept).toContain('The key you typed');
    expect(connectionWords({ ...live, state: 'reconnecting', overflowed: true })?.kept).toContain('not sent');
  });

  it('blames the browser’s network only when the browser does', () => {
    expect(connectionWords({ ...live, state: 'reconnecting', offline: true })?.title).toContain('offline');
    expect(connectionWords({ ...live, state: 'reconnecting' })?.title).toContain('dropped');
  });

  it('tells the exit code', () => {
    const words = connectionWords({ ...live, state: 'ended', cause: { kind: 'exit', code: 137 } });
    expect(words?.title).toContain('137');
  });

  it('says what happened for every reason to be refused', () => {
    for (const code of Object.keys(errorTable) as ErrorCode[]) {
      const words = connectionWords({ ...live, state: 'ended', cause: { kind: 'refused', code } });
      expect(words?.title, code).toMatch(/\w\.$/);
      expect(words?.kept, code).not.toBe('');
    }
  });
});
