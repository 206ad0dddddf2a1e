import http from 'node:http';
import { CodedError, isErrorCode } from '#domain/protocol/errors.ts';
import { type RpcInput, type RpcMethod, type RpcOutput, rpcErrorSchema, rpcMethods } from '#domain/protocol/rpc.ts';
import { logContext } from '../log-context.ts';
import { clientLimits } from './client-limits.ts';
import type { SandboxdDial } from './dial-sandboxd.ts';

export interface RpcCaller {
  call<M extends RpcMethod>(method: M, input: RpcInput<M>): Promise<RpcOutput<M>>;
  stop(): void;
}

/** `POST /rpc/<method>` over kept-alive connections. */
export function createRpcCaller(options: {
  base: URL;
  dial: SandboxdDial;
  headers: () => Record<string, string>;
  timeoutMs?: number;
}): RpcCaller {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clientLimits.maxSockets });
  const { dial } = options;
  const timeoutMs = options.timeoutMs ?? clientLimits.callTimeoutMs;

  async function call<M extends RpcMethod>(method: M, input: RpcInput<M>): Promise<RpcOutput<M>> {
    const body = JSON.stringify(rpcMethods[method].input.parse(input));
    const answer = await post(new URL(`/rpc/${method}`, options.base), body);
    let json: unknown;
    try {
      json = JSON.parse(answer.body);
    } catch (cause) {
      throw new CodedError('host-unreachable', `${method}: sandboxd answered ${answer.status} without JSON`, { cause });
    }
    if (answer.status === 200) return rpcMethods[method].output.parse(json) as RpcOutput<M>;
    const error = rpcErrorSchema.safeParse(json).data?.error;
    const code = isErrorCode(error?.code) ? error.code : 'internal';
    throw new CodedError(code, `${method}: ${error?.message ?? `sandboxd answered ${answer.status}`}`, {
      learnerMessage: error?.learnerMessage,
    });
  }

  /** One retry when a kept-alive connection turns out to be closed: nothing of the request was read then. */
  async function post(url: URL, body: string, retry = true): Promise<{ status: number; body: string }> {
    const { request: id } = logContext();
    const headers = { ...options.headers(), 'content-type': 'application/json', ...(id ? { 'x-request-id': id } : {}) };
    const request = http.request(url, {
      ...dial.http,
      method: 'POST',
      agent,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    });
    try {
      return await exchange(request, body);
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code;
      if (retry && request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE')) return post(url, body, false);
      const why = dial.explain(cause as Error);
      throw new CodedError('host-unreachable', `sandboxd at ${dial.place} does not answer: ${why}`, { cause });
    }
  }

  return { call, stop: () => agent.destroy() };
}

function exchange(request: http.ClientRequest, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > clientLimits.maxAnswerBytes) request.destroy(new Error(`answer of more than ${bytes} bytes`));
        else chunks.push(chunk);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.end(body);
  });
}
