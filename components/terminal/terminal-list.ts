import type { TerminalInfo } from '#domain/protocol/rpc.ts';

/** The tabs of a panel. */
export interface TerminalList {
  terminals: readonly TerminalInfo[];
  /** Id of the shown one; null when there is none. */
  active: string | null;
}

export type TerminalListChange =
  /** The page learnt which terminals there are. */
  | { type: 'known'; terminals: readonly TerminalInfo[] }
  | { type: 'opened'; terminal: TerminalInfo }
  | { type: 'closed'; id: string }
  /** Its shell went with the agent, which counts titles from one again. */
  | { type: 'lost'; id: string }
  | { type: 'shown'; id: string };

export const noTerminals: TerminalList = { terminals: [], active: null };

/** The next state of the tabs. */
export function changeTerminalList(list: TerminalList, change: TerminalListChange): TerminalList {
  switch (change.type) {
    case 'known': {
      // One that was opened here a moment ago may not be known there yet.
      const newest = Math.max(0, ...change.terminals.map(terminal => terminal.openedAt));
      const ours = list.terminals.filter(
        terminal => terminal.openedAt > newest && !change.terminals.some(known => known.id === terminal.id),
      );
      return withActive({ terminals: [...change.terminals, ...ours], active: list.active });
    }
    case 'opened': {
      // A fresh sandbox: the tabs of the old one have nothing to say any more.
      const others = list.terminals.filter(
        terminal => terminal.id !== change.terminal.id && terminal.sandboxId === change.terminal.sandboxId,
      );
      return { terminals: [...others, change.terminal], active: change.terminal.id };
    }
    case 'closed': {
      const at = list.terminals.findIndex(terminal => terminal.id === change.id);
      const terminals = list.terminals.filter(terminal => terminal.id !== change.id);
      const neighbour = terminals[Math.min(at, terminals.length - 1)]?.id ?? null;
      return { terminals, active: list.active === change.id ? neighbour : list.active };
    }
    case 'lost':
      return {
        ...list,
        terminals: list.terminals.map(terminal =>
          terminal.id === change.id ? { ...terminal, title: `${terminal.title} (ended)` } : terminal,
        ),
      };
    case 'shown':
      return withActive({ terminals: list.terminals, active: change.id });
  }
}

/** Shows a living terminal when the shown one is not there. */
function withActive(list: TerminalList): TerminalList {
  if (list.terminals.some(terminal => terminal.id === list.active)) return list;
  const first = list.terminals.find(terminal => !terminal.exit) ?? list.terminals[0];
  return { ...list, active: first?.id ?? null };
}
