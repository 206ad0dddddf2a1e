import { describe, expect, it } from 'vitest';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { changeTerminalList, noTerminals } from './terminal-list.ts';

function terminal(id: string, over: Partial<TerminalInfo> = {}): TerminalInfo {
  return { id, sandboxId: 'aaaaaaaaaaaa', title: id, cols: 80, rows: 24, openedAt: Number(id), exit: null, ...over };
}
const ids = (list: { terminals: readonly TerminalInfo[] }) => list.terminals.map(each => each.id).join(' ');

describe('changeTerminalList', () => {
  it('shows the first living terminal of those known', () => {
    const list = changeTerminalList(noTerminals, {
      type: 'known',
      terminals: [terminal('1', { exit: { code: 0, at: 5 } }), terminal('2')],
    });
    expect(list.active).toBe('2');
  });

  it('keeps a terminal opened here that an older answer does not know', () => {
    let list = changeTerminalList(noTerminals, { type: 'known', terminals: [terminal('1')] });
    list = changeTerminalList(list, { type: 'opened', terminal: terminal('2') });
    list = changeTerminalList(list, { type: 'known', terminals: [terminal('1')] });
    expect(ids(list)).toBe('1 2');
    expect(list.active).toBe('2');
  });

  it('drops a terminal that is gone', () => {
    let list = changeTerminalList(noTerminals, { type: 'known', terminals: [terminal('1'), terminal('3')] });
    list = changeTerminalList(list, { type: 'known', terminals: [terminal('3')] });
    expect(ids(list)).toBe('3');
    expect(list.active).toBe('3');
  });

  it('drops the tabs of an older sandbox once the fresh one has a terminal', () => {
    let list = changeTerminalList(noTerminals, { type: 'known', terminals: [terminal('1'), terminal('2')] });
    list = changeTerminalList(list, { type: 'opened', terminal: terminal('3', { sandboxId: 'bbbbbbbbbbbb' }) });
    expect(ids(list)).toBe('3');
  });

  it('shows the neighbour of a closed tab, and keeps the shown one when another closes', () => {
    let list = changeTerminalList(noTerminals, {
      type: 'known',
      terminals: [terminal('1'), terminal('2'), terminal('3')],
    });
    list = changeTerminalList(list, { type: 'shown', id: '2' });
    list = changeTerminalList(list, { type: 'closed', id: '2' });
    expect(list.active).toBe('3');
    list = changeTerminalList(list, { type: 'closed', id: '1' });
    expect(list.active).toBe('3');
    list = changeTerminalList(list, { type: 'closed', id: '3' });
    expect(list).toEqual(noTerminals);
  });
});
