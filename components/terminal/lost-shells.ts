import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

/**
 * Which shells went with a restarted agent, and whether a fresh one is due: only when no tab lives any more, so that
 * four tabs do not become eight. While another one is still connecting again nothing is due.
 */
export function findLostShells(
  terminals: readonly TerminalInfo[],
  statuses: ReadonlyMap<string, ConnectionStatus>,
): { lost: string[]; due: boolean } {
  const lost = terminals.filter(({ id }) => statuses.get(id)?.cause?.kind === 'lost').map(({ id }) => id);
  const dead = terminals.every(({ id, exit }) => exit !== null || statuses.get(id)?.state === 'ended');
  return { lost, due: dead && lost.length > 0 };
}
