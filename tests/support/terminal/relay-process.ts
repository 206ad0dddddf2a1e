/**
 * A web process reduced to its terminal relay, so that its memory can be measured alone. Prints its port; answers each
 * line on its standard input with its resident memory in bytes. Environment: UPSTREAM (ws address), UPSTREAM_TOKEN.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { relayTerminal, terminalSocketServer } from '#server/gateway/terminal-relay.ts';

const { UPSTREAM = '', UPSTREAM_TOKEN = '' } = process.env;
const sockets = terminalSocketServer();
const http = createServer();
http.on('upgrade', (request, stream, head) =>
  sockets.handleUpgrade(request, stream, head, browser =>
    relayTerminal(browser, {
      url: `${UPSTREAM}${request.url}`,
      headers: { authorization: `Bearer ${UPSTREAM_TOKEN}` },
    }),
  ),
);
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port));
process.stdin.on('data', () => console.log(process.memoryUsage.rss()));
process.stdin.on('end', () => process.exit(0));
