import net from 'node:net';
import { CodedError } from '#domain/protocol/errors.ts';
import { forwardLimits } from './forward-limits.ts';

/** Nothing answered, in the learner's words of a port. */
function closed(port: number, why: string, cause?: unknown): CodedError {
  return new CodedError('port-closed', `port ${port}: ${why}`, { cause });
}

/** A connection to a port of a sandbox, half-open allowed. Throws `port-closed`: refused, unreachable, or too slow. */
export function dial(
  address: string,
  port: number,
  signal: AbortSignal,
  timeoutMs: number = forwardLimits.dialTimeoutMs,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: address, port, allowHalfOpen: true, noDelay: true });
    const give = (error: CodedError) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const abort = () => give(new CodedError('sandbox-ended', `the sandbox ended while port ${port} was dialled`));
    const timer = setTimeout(() => give(closed(port, `no answer within ${timeoutMs} ms`)), timeoutMs);
    socket.once('error', error => give(closed(port, (error as NodeJS.ErrnoException).code ?? error.message, error)));
    socket.once('connect', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners('error');
      resolve(socket);
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
