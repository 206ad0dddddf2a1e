import http from 'node:http';
import type { Duplex } from 'node:stream';
import { CodedError, isErrorCode } from '#domain/protocol/errors.ts';
import { forwardPath, forwardProtocol } from '#domain/protocol/forward.ts';
import { rpcErrorSchema } from '#domain/protocol/rpc.ts';
import { clientLimits } from './client-limits.ts';
import type { SandboxdDial } from './dial-sandboxd.ts';

/** A raw connection to a port of a sandbox. Throws CodedError: sandboxd's own code, or `host-unreachable`. */
export function openTunnel(
  options: { base: URL; dial: SandboxdDial; headers: () => Record<string, string> },
  sandboxId: string,
  port: number,
): Promise<Duplex> {
  const url = new URL(forwardPath(sandboxId, port), options.base);
  const unreachable = (why: string, cause?: unknown) =>
    new CodedError('host-unreachable', `no tunnel from sandboxd at ${options.dial.place}: ${why}`, { cause });
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      ...options.dial.http,
      agent: false,
      headers: { ...options.headers(), connection: 'Upgrade', upgrade: forwardProtocol },
    });
    const late = setTimeout(() => request.destroy(new Error('not in time')), clientLimits.tunnelTimeoutMs);
    request.on('close', () => clearTimeout(late));
    request.on('error', error => reject(unreachable(options.dial.explain(error), error)));
    request.on('upgrade', (_response, socket, head) => {
      clearTimeout(late);
      socket.setNoDelay(true);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.on('response', response => {
      readRefusal(response).then(reject, error => reject(unreachable(String(error), error)));
    });
    request.end();
  });
}

async function readRefusal(response: http.IncomingMessage): Promise<CodedError> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text = (text + chunk).slice(0, 16_384);
  const error = rpcErrorSchema.safeParse(parseJson(text)).data?.error;
  const code = isErrorCode(error?.code) ? error.code : 'host-unreachable';
  return new CodedError(code, error?.message ?? `sandboxd answered ${response.statusCode}`, {
    learnerMessage: error?.learnerMessage || undefined,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
