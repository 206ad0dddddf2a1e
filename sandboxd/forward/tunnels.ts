import type { IncomingMessage } from 'node:http';
import type net from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { CodedError } from '#domain/protocol/errors.ts';
import { forwardProtocol, parseForwardPath } from '#domain/protocol/forward.ts';
import type { SandboxRecord } from '../pool/sandbox-record.ts';
import type { SandboxRegistry } from '../pool/sandbox-registry.ts';
import { hangUp } from '../rpc/hang-up.ts';
import { errorAnswer } from '../rpc/rpc-request.ts';
import { dial } from './dial.ts';
import { forwardLimits } from './forward-limits.ts';

/** Byte tunnels into sandboxes (domain/protocol/forward.ts). */
export interface Tunnels {
  /** Takes an authorized upgrade over when it asks for a tunnel; false leaves it untouched. */
  attach(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Cuts the tunnels of a sandbox, those being opened included. */
  endAll(sandboxId: string): void;
  stop(): void;
}

export interface TunnelOptions {
  registry: Pick<SandboxRegistry, 'getLiving'>;
  /** Somebody looks: it is not idle, and awake from now on. */
  active: (sandboxId: string) => void;
  addressOf: (record: SandboxRecord) => Promise<string>;
  log: Pick<Logger, 'warn'>;
  limits?: typeof forwardLimits;
  now?: () => number;
}

/** Makes them. Each dials the sandbox's own bridge address, is counted, and ends with its sandbox. */
export function createTunnels(options: TunnelOptions): Tunnels {
  const { registry, active, log, now = Date.now, limits = forwardLimits } = options;
  const open = new Map<AbortController, string>();

  async function tunnel(
    sandboxId: string,
    port: number,
    outer: Duplex,
    head: Buffer,
    ended: AbortSignal,
    onOpen: () => void,
  ): Promise<void> {
    active(sandboxId);
    const address = await options.addressOf(registry.getLiving(sandboxId));
    const inner = await dial(address, port, ended, limits.dialTimeoutMs);
    if (ended.aborted || outer.destroyed) return void inner.destroy();
    outer.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${forwardProtocol}\r\n\r\n`);
    onOpen();
    if (head.length > 0) inner.write(head);
    let activeAt = now();
    outer.on('data', () => {
      if (now() - activeAt < limits.activeMs) return;
      activeAt = now();
      active(sandboxId);
    });
    await joined(outer, inner, ended, limits.idleMs);
  }

  function count(sandboxId: string): number {
    let own = 0;
    for (const id of open.values()) if (id === sandboxId) own += 1;
    return own;
  }

  async function accept(sandboxId: string, port: number, outer: Duplex, head: Buffer): Promise<void> {
    registry.getLiving(sandboxId);
    if (open.size >= limits.inAll || count(sandboxId) >= limits.perSandbox)
      throw new CodedError('too-many-connections', `${open.size} tunnels, ${count(sandboxId)} of ${sandboxId}`);
    const control = new AbortController();
    open.set(control, sandboxId);
    // Whoever asked may leave before the sandbox answers.
    const left = () => control.abort();
    outer.once('close', left);
    try {
      await tunnel(sandboxId, port, outer, head, control.signal, () => outer.off('close', left));
    } finally {
      open.delete(control);
    }
  }

  return {
    attach(request, outer, head) {
      if (!request.url?.startsWith('/forward/')) return false;
      const target = parseForwardPath(request.url);
      const wanted = request.headers.upgrade?.toLowerCase() === forwardProtocol;
      const work =
        target && wanted
          ? accept(target.sandboxId, target.port, outer, head)
          : Promise.reject(new CodedError('bad-request', 'no tunnel is asked for like this'));
      work.catch(error => {
        const { status, body } = errorAnswer(error);
        if (status === 500) log.warn({ err: error, path: request.url }, 'a tunnel broke');
        refuse(outer, status, body);
      });
      return true;
    },
    endAll(sandboxId) {
      for (const [control, id] of open) if (id === sandboxId) control.abort();
    },
    stop() {
      for (const control of open.keys()) control.abort();
    },
  };
}

/** Bytes both ways with back-pressure, until both have ended, one broke, nothing moved for long, or the signal. */
function joined(outer: Duplex, inner: net.Socket, ended: AbortSignal, idleMs: number): Promise<void> {
  return new Promise(resolve => {
    const cut = () => {
      outer.destroy();
      inner.destroy();
      resolve();
    };
    inner.setTimeout(idleMs, cut);
    for (const [side, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      side.on('error', cut);
      side.on('close', () => {
        // One that said and heard its last leaves the other time to do so too; its last bytes may still be on their way.
        if (!side.readableEnded || !side.writableFinished) cut();
        else if (other.closed) resolve();
      });
    }
    ended.addEventListener('abort', cut, { once: true });
    outer.pipe(inner);
    inner.pipe(outer);
  });
}

function refuse(socket: Duplex, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  hangUp(
    socket,
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
