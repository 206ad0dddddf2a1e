import { TerminalClient } from '#sandboxd/terminal/testing/terminal-client.ts';
import type { Arena } from './arena.ts';

/** A learner's terminal, typed into. */
export interface Typed {
  client: TerminalClient;
  /** Types a word to be echoed by the shell and waits for the answer. */
  echo(word: string): Promise<void>;
  close(): Promise<void>;
}

const ECHO_MS = 20_000;

export async function openTyped(arena: Arena, sandboxId: string, acking = true): Promise<Typed> {
  const { id: terminalId } = await arena.client.call('terminal.open', { sandboxId, cols: 80, rows: 24 });
  const client = new TerminalClient(arena.client.terminalUrl(terminalId, null), {
    acking,
    headers: arena.client.headers(),
  });
  await client.until(() => client.text.includes('$ '), ECHO_MS);
  return {
    client,
    async echo(word) {
      client.forget();
      client.type(`echo [${word.slice(0, 1)}""${word.slice(1)}]\r`);
      await client.until(() => client.text.includes(`[${word}]`), ECHO_MS);
    },
    async close() {
      client.cut();
      await arena.client.call('terminal.close', { terminalId });
    },
  };
}
