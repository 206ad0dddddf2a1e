import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { type ConnectionStatus, TerminalConnection } from '#components/terminal/terminal-connection.ts';
import { createTerminals } from '#sandboxd/terminal/terminals.ts';
import { LocalBashSource } from '#sandboxd/terminal/testing/local-bash-source.ts';
import { startTerminalServer } from '#sandboxd/terminal/testing/terminal-server.ts';
import { relayTerminal, terminalSocketServer } from '#server/gateway/terminal-relay.ts';
import { RecordingScreen } from './recording-screen.ts';

/** Page, web and sandboxd side of a terminal, all real, joined by real sockets; the shell is a bash of this machine. */
export async function startLocalChain() {
  const source = new LocalBashSource();
  const terminals = createTerminals({
    source,
    access: { get: id => ({ id, containerId: '' }), thaw: async () => {}, active: () => {} },
  });
  const agent = await startTerminalServer((socket, path, from) => terminals.attach(socket, path.slice(1), from));
  const web = terminalSocketServer();
  const http = createServer();
  http.on('upgrade', (request, stream, head) =>
    web.handleUpgrade(request, stream, head, browser =>
      relayTerminal(browser, { url: `${agent.url}${request.url}`, headers: {} }),
    ),
  );
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const { id } = await terminals.open({ sandboxId: 'aaaaaaaaaaaa', cols: 80, rows: 24 });
  const connections: TerminalConnection[] = [];

  return {
    terminals,
    terminalId: id,
    source,
    /** Sockets between page and web, and between web and sandboxd. */
    browserSockets: web.clients as Set<WebSocket>,
    agentSockets: agent.sockets,
    /** Opens a page's connection to the terminal. */
    connect(screen = new RecordingScreen()) {
      const statuses: ConnectionStatus[] = [];
      const connection = new TerminalConnection({
        url: `${url}/${id}`,
        screen,
        onStatus: status => statuses.push(status),
        WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      });
      connection.connect();
      connections.push(connection);
      return { connection, screen, statuses };
    },
    async stop() {
      for (const connection of connections) connection.dispose();
      await terminals.stop();
      await agent.stop();
      for (const client of web.clients) client.terminate();
      await new Promise(resolve => http.close(resolve));
    },
  };
}
