import { WebSocket } from 'ws';
import { TerminalConnection } from '#components/terminal/terminal-connection.ts';
import { Guest } from '#tests/bench/support/guest.ts';
import type { Line, LineSource } from '#tests/bench/support/line.ts';
import { PacedScreen } from '#tests/bench/support/paced-screen.ts';

/** Ours, whole: the page's own connection code, web, sandboxd, a shell in a sandbox. */
export async function belowdeckLines(url: string): Promise<LineSource & { guest: Guest; attempt: string }> {
  const guest = await Guest.arrive(url);
  const { attempt } = await guest.begin('docker-engine', 'process-tree');
  return {
    name: 'Belowdeck',
    guest,
    attempt,
    async open({ paced = false } = {}): Promise<Line> {
      const { id } = await guest.openTerminal(attempt);
      const line = attachLine(guest, attempt, id, paced);
      return {
        ...line,
        async close() {
          await line.close();
          await guest.remove(`/api/v1/attempts/${attempt}/terminals/${id}`);
        },
      };
    },
    async stop() {
      await guest.post(`/api/v1/attempts/${attempt}/sandbox/end`, {});
    },
  };
}

/** A page's connection to a terminal; closing it leaves the shell. */
export function attachLine(guest: Guest, attempt: string, terminal: string, paced = false): Line {
  const screen = new PacedScreen(paced);
  const connection = new TerminalConnection({
    url: guest.terminalUrl(attempt, terminal),
    screen,
    onStatus: () => {},
    WebSocket: socketsOf(guest),
  });
  connection.connect();
  return {
    write: text => connection.input(text),
    onData: listener => screen.onShown(listener),
    async close() {
      connection.dispose();
    },
  };
}

/** A browser sends its cookie and origin by itself; here they are added. */
function socketsOf(guest: Guest): typeof globalThis.WebSocket {
  class GuestSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: guest.headers, perMessageDeflate: false });
    }
  }
  return GuestSocket as unknown as typeof globalThis.WebSocket;
}
