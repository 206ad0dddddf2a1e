import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import { type ErrorCode, errorTable } from '#domain/protocol/errors.ts';
import { decodeClientFrame, frameKind, terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { createEchoTimer } from '../metrics/echo-timer.ts';
import { echoSeconds } from '../metrics/metrics.ts';

export interface RelayUpstream {
  /** `ws://host:port/terminal/<id>?from=<offset>` */
  url: string;
  headers: Record<string, string>;
  /** Makes the connection, where it is not to go to the address in `url`. */
  createConnection?: ClientOptions['createConnection'];
}

export interface RelayOptions {
  /** For who only looks: input and resize frames are dropped. */
  readOnly?: boolean;
  pingMs?: number;
}

/** Close codes of sandboxd that go to the browser as they are: ours (4xxx), normal, going away. */
const passedOn = (code: number) => (code >= 4_000 && code < 5_000) || code === 1000 || code === 1001;

/** Accepts terminal WebSockets of browsers: bounded frames, no compression (it costs more than the bytes). */
export function terminalSocketServer(): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: terminalLimits.maxClientFrameBytes,
  });
}

/**
 * Joins an accepted, authenticated browser socket to a terminal of sandboxd; owns both from then on. Frames pass
 * unchanged; the browser's are checked; neither side's memory grows when the other is slow.
 */
export function relayTerminal(browser: WebSocket, upstream: RelayUpstream, options: RelayOptions = {}): void {
  const terminal = new WebSocket(upstream.url, {
    headers: upstream.headers,
    createConnection: upstream.createConnection,
    perMessageDeflate: false,
    handshakeTimeout: terminalLimits.openTimeoutMs,
  });
  const close = (code: number, reason: string) => {
    clearInterval(heartbeat);
    closeSocket(browser, code, reason);
    closeSocket(terminal, 1000, '');
  };
  const refuse = (code: ErrorCode) => close(errorTable[code].ws, code);

  browser.pause();
  terminal.on('open', () => browser.resume());
  terminal.on('error', () => refuse('host-unreachable'));
  terminal.on('close', (code, reason) =>
    passedOn(code) ? close(code, reason.toString()) : refuse('host-unreachable'),
  );
  browser.on('error', () => browser.terminate());
  browser.on('close', () => close(1000, ''));

  const echo = createEchoTimer(seconds => echoSeconds.observe(seconds));
  terminal.on('message', data => {
    if ((data as Buffer)[0] === frameKind.output) echo.output();
    forward(terminal, browser, data as Buffer);
  });
  browser.on('message', (data, isBinary) => {
    const frame = isBinary ? decodeClientFrame(data as Buffer) : null;
    if (!frame) return refuse('bad-request');
    if (options.readOnly && frame.kind !== 'ack') return;
    if (frame.kind === 'input') echo.key(frame.bytes.length);
    forward(browser, terminal, data as Buffer);
  });

  let alive = true;
  browser.on('pong', () => {
    alive = true;
  });
  const heartbeat = setInterval(() => {
    if (!alive) return browser.terminate();
    alive = false;
    if (browser.readyState === WebSocket.OPEN) browser.ping();
  }, options.pingMs ?? terminalLimits.pingMs);
}

/** Passes a frame on; while the receiver is slow the sender is not read. */
function forward(from: WebSocket, to: WebSocket, frame: Buffer): void {
  if (to.readyState !== WebSocket.OPEN) return;
  to.send(frame, () => {
    if (from.isPaused && to.bufferedAmount < terminalLimits.socketHoldAbove / 2) from.resume();
  });
  // State frames must not overtake, nor be held back for long: only output is large.
  if (to.bufferedAmount > terminalLimits.socketHoldAbove && frame[0] !== frameKind.state) from.pause();
}

function closeSocket(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState === WebSocket.CONNECTING) {
    socket.terminate();
    return;
  }
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.resume();
  socket.close(code, reason);
}
