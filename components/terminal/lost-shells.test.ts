import { describe, expect, it } from 'vitest';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { findLostShells } from './lost-shells.ts';
import type { ConnectionStatus, EndCause } from './terminal-connection.ts';

function terminal(id: string, exit: TerminalInfo['exit'] = null): TerminalInfo {
  return { id, sandboxId: 'aaaaaaaaaaaa', title: id, cols: 80, rows: 24, openedAt: 1, exit };
}
function status(state: ConnectionStatus['state'], cause: EndCause | null = null): ConnectionStatus {
  return { state, offline: false, since: 0, queued: 0, overflowed: false, cause };
}
const lost = status('ended', { kind: 'lost' });

describe('findLostShells', () => {
  it('asks for a fresh shell when every one is gone', () => {
    const statuses = new Map([
      ['1', lost],
      ['2', lost],
    ]);
    expect(findLostShells([terminal('1'), terminal('2')], statuses)).toEqual({ lost: ['1', '2'], due: true });
  });

  it('waits for tabs that are still connecting again, and for none that ended before', () => {
    const [one, two] = [terminal('1'), terminal('2')];
    const waiting = new Map([
      ['1', lost],
      ['2', status('reconnecting')],
    ]);
    expect(findLostShells([one, two], waiting).due).toBe(false);
    expect(findLostShells([one, terminal('2', { code: 0, at: 5 })], new Map([['1', lost]])).due).toBe(true);
  });

  it('leaves alone what the learner ended', () => {
    const statuses = new Map([['1', status('ended', { kind: 'exit', code: 0 })]]);
    expect(findLostShells([terminal('1')], statuses)).toEqual({ lost: [], due: false });
  });
});
