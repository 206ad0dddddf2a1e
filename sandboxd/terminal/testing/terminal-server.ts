import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';

/** A WebSocket server on loopback as sandboxd has it; `attach` gets each socket and the `from` of its address. */
export async function startTerminalServer(
  attach: (socket: WebSocket, path: string, from: number | null) => void,
): Promise<{ url: string; sockets: Set<WebSocket>; stop(): Promise<void> }> {
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    maxPayload: terminalLimits.maxClientFrameBytes,
  });
  server.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const from = url.searchParams.get('from');
    attach(socket, url.pathname, from === null ? null : Number(from));
  });
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    sockets: server.clients,
    async stop() {
      for (const socket of server.clients) socket.terminate();
      await new Promise(resolve => http.close(resolve));
    },
  };
}
