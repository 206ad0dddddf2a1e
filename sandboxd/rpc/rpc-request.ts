import type { IncomingMessage } from 'node:http';
import { CodedError, errorCodeOf, errorTable } from '#domain/protocol/errors.ts';
import { type RpcError, type RpcMethod, rpcMethods } from '#domain/protocol/rpc.ts';
import type { RpcHandlers } from './rpc-handlers.ts';

/** Largest request body: the needs of a check with 32 file paths are far below. */
const MAX_BODY_BYTES = 64 * 1024;

export interface RpcAnswer {
  status: number;
  body: unknown;
  /** Set for an error: for the log. */
  error?: unknown;
  /** What the call was about, for the log. */
  about?: { sandbox?: string; attempt?: string };
}

/** Parses, calls, parses: answers any request to /rpc/<method>. Never throws. */
export async function answerRpc(handlers: RpcHandlers, name: string, request: IncomingMessage): Promise<RpcAnswer> {
  let about: RpcAnswer['about'];
  try {
    if (!Object.hasOwn(rpcMethods, name)) throw new CodedError('not-found', `no method ${name.slice(0, 64)}`);
    const method = name as RpcMethod;
    const input = rpcMethods[method].input.safeParse(await readJson(request));
    if (!input.success)
      throw new CodedError('bad-request', input.error.issues.map(i => `${i.path}: ${i.message}`).join('; '));
    about = aboutOf(input.data);
    const output = await (handlers[method] as (input: unknown) => unknown)(input.data);
    return { status: 200, about, body: rpcMethods[method].output.parse(output) };
  } catch (error) {
    return { ...errorAnswer(error), about };
  }
}

/** The ids in a call's input, under the names that all of the log has. */
function aboutOf(input: object): RpcAnswer['about'] {
  const { sandboxId, attemptId } = input as { sandboxId?: string; attemptId?: string };
  return { ...(sandboxId ? { sandbox: sandboxId } : {}), ...(attemptId ? { attempt: attemptId } : {}) };
}

/** What a call is counted as. Names that nobody made are one name, so that callers cannot add to the labels. */
export function outcomeLabels(name: string, answer: RpcAnswer): { method: string; outcome: string } {
  const method = Object.hasOwn(rpcMethods, name) ? name : 'unknown';
  return { method, outcome: answer.status === 200 ? 'ok' : errorCodeOf(answer.error) };
}

export function errorAnswer(error: unknown): RpcAnswer {
  const code = errorCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const learnerMessage = error instanceof CodedError ? error.learnerMessage : errorTable[code].learner;
  const body: RpcError = { error: { code, message, learnerMessage } };
  return { status: errorTable[code].http, body, error };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new CodedError('bad-request', `a body of more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new CodedError('bad-request', 'the body is not JSON', { cause });
  }
}
