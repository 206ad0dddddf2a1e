import http, { type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { answeredHeaders, forwardedHeaders } from './preview-headers.ts';
import { previewLimits } from './preview-limits.ts';
import { notHttp, tooLate } from './preview-problems.ts';
import { finalStatus, type Target } from './proxy-request.ts';
import type { OpenTunnel } from './tunnel-agent.ts';

/**
 * Passes a WebSocket through: the handshake parsed and filtered, the frames as bytes. Rejects when the sandbox did not
 * answer; the socket is then untouched. Resolves when both sides are closed.
 */
export async function proxyUpgrade(
  openTunnel: OpenTunnel,
  request: IncomingMessage,
  browser: Duplex,
  head: Buffer,
  target: Target,
): Promise<void> {
  const tunnel = await openTunnel(target.sandboxId, target.port);
  if (browser.destroyed) return void tunnel.destroy();
  const { answer, socket, first } = await shakeHands(tunnel, request, browser, target);
  const headers = answeredHeaders(answer.headersDistinct, target);
  if (!socket) {
    try {
      finalStatus(answer);
    } catch (error) {
      tunnel.destroy();
      throw notHttp(error);
    }
    browser.write(headOf(answer, { ...headers, connection: 'close' }), 'latin1');
    answer.pipe(browser);
    return closed(browser, tunnel);
  }
  browser.write(headOf(answer, { ...headers, connection: 'Upgrade', upgrade: 'websocket' }), 'latin1');
  browser.write(first);
  socket.write(head);
  browser.pipe(socket);
  socket.pipe(browser);
  return closed(browser, socket);
}

interface Handshake {
  answer: IncomingMessage;
  /** Null when the program answered with something else than 101. */
  socket: Duplex | null;
  first: Buffer;
}

function shakeHands(tunnel: Duplex, request: IncomingMessage, browser: Duplex, target: Target): Promise<Handshake> {
  const origin = new URL(target.origin);
  const headers = forwardedHeaders(request.headersDistinct, {
    protocol: origin.protocol === 'https:' ? 'https' : 'http',
    host: origin.host,
  });
  return new Promise((resolve, reject) => {
    const upstream = http.request({
      createConnection: () => tunnel,
      method: 'GET',
      path: request.url,
      headers: { ...headers, connection: 'Upgrade', upgrade: 'websocket' },
      setHost: false,
      maxHeaderSize: previewLimits.maxHeadBytes,
    });
    const slow = setTimeout(() => upstream.destroy(tooLate()), previewLimits.answerMs);
    const left = () => upstream.destroy();
    browser.once('close', left);
    upstream.on('close', () => {
      clearTimeout(slow);
      browser.off('close', left);
      reject(notHttp('no answer'));
    });
    upstream.on('error', reject);
    upstream.on('upgrade', (answer, socket, first) => resolve({ answer, socket, first }));
    upstream.on('response', answer => {
      clearTimeout(slow);
      resolve({ answer, socket: null, first: Buffer.alloc(0) });
    });
    upstream.end();
  });
}

/** The head of an answer, for a connection that Node's server has handed over. Node has parsed every header of it. */
function headOf(answer: IncomingMessage, headers: Record<string, string | string[]>): string {
  const status = answer.statusCode ?? 502;
  const lines = Object.entries(headers).flatMap(([name, values]) => [values].flat().map(value => `${name}: ${value}`));
  return [`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n');
}

/** Once one side has closed, the other's last bytes (a closing frame) have this long to get out. */
const lastBytesMs = 1_000;

/** Waits for both to close; ends both when one has, when one breaks, or when nothing has moved for long. */
function closed(browser: Duplex, sandbox: Duplex): Promise<void> {
  return new Promise(resolve => {
    let moved = Date.now();
    const note = () => {
      moved = Date.now();
    };
    const cut = () => {
      browser.destroy();
      sandbox.destroy();
    };
    const idle = setInterval(() => {
      if (Date.now() - moved > previewLimits.idleMs) cut();
    }, previewLimits.idleMs / 10);
    idle.unref();
    const onClose = () => {
      setTimeout(cut, lastBytesMs).unref();
      for (const side of [browser, sandbox]) if (!side.destroyed) side.end();
      if (!browser.closed || !sandbox.closed) return;
      clearInterval(idle);
      resolve();
    };
    for (const side of [browser, sandbox]) {
      side.on('data', note);
      side.on('error', cut);
      side.on('close', onClose);
    }
  });
}
