import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { answeredHeaders, forwardedHeaders } from './preview-headers.ts';
import { previewLimits } from './preview-limits.ts';
import { notHttp, tooLate } from './preview-problems.ts';

/** One port of one sandbox, and how the browser names it. */
export interface Target {
  sandboxId: string;
  port: number;
  /** The preview's origin. */
  origin: string;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Passes one request on and its answer back, as streams. Rejects when no answer began: the response is then untouched.
 * Resolves once it is over, however it ended; an answer that breaks off is broken off for the browser too.
 */
export async function proxyRequest(
  agent: http.Agent,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  try {
    await exchange(agent, request, response, target);
  } catch (error) {
    // A kept-alive connection that the program closed meanwhile: nothing was read of a request without a body.
    const again = (error as { reused?: boolean }).reused && isRepeatable(request);
    if (!again || response.destroyed) throw error;
    await exchange(agent, request, response, target);
  }
}

/** Whether a request that got no answer may be sent once more: it changes nothing, and all of it is at hand. */
export function isRepeatable(request: IncomingMessage): boolean {
  return safe.has(request.method ?? '') && !hasBody(request);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** The status of a whole answer; throws for what is none. */
export function finalStatus({ statusCode = 0 }: IncomingMessage): number {
  if (statusCode < 200 || statusCode > 999) throw new Error(`status ${statusCode}`);
  return statusCode;
}

function exchange(
  agent: http.Agent,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  const origin = new URL(target.origin);
  const headers = forwardedHeaders(request.headersDistinct, {
    protocol: origin.protocol === 'https:' ? 'https' : 'http',
    host: origin.host,
  });
  // Node frames a body by itself only for methods that usually have one.
  if (hasBody(request) && headers['content-length'] === undefined) headers['transfer-encoding'] = ['chunked'];
  return new Promise((resolve, reject) => {
    const upstream = http.request({
      agent,
      host: target.sandboxId,
      port: target.port,
      method: request.method,
      path: request.url,
      headers,
      setHost: false,
      maxHeaderSize: previewLimits.maxHeadBytes,
      timeout: previewLimits.idleMs,
    });
    const slow = setTimeout(() => upstream.destroy(tooLate()), previewLimits.answerMs);
    // Whoever asked has gone; what is complete has given its connection back already.
    const left = () => upstream.destroy();
    response.once('close', left);
    let failed = false;
    const fail = (error: Error) => {
      // An error is followed by a close; by then our own page may be on its way.
      if (failed) return;
      failed = true;
      clearTimeout(slow);
      response.off('close', left);
      request.unpipe(upstream);
      upstream.destroy();
      if (response.headersSent) response.destroy();
      if (response.headersSent || response.destroyed) return resolve();
      const cut = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      reject(Object.assign(error, { reused: upstream.reusedSocket && cut }));
    };
    upstream.on('timeout', () => upstream.destroy(tooLate()));
    upstream.on('error', fail);
    let answered = false;
    // Without an answer or an error: a switch of protocols that nobody asked for.
    upstream.on('close', () => {
      if (!answered) fail(notHttp('no answer'));
    });
    upstream.on('response', answer => {
      answered = true;
      clearTimeout(slow);
      answer.on('error', () => response.destroy());
      try {
        // What a program says is not always what may be said: Node then throws, in here.
        response.writeHead(finalStatus(answer), answeredHeaders(answer.headersDistinct, target));
      } catch (error) {
        return fail(notHttp(error));
      }
      // The first event of a stream may be long in coming.
      response.flushHeaders();
      answer.on('close', () => {
        if (!answer.complete) response.destroy();
      });
      response.once('close', () => resolve());
      answer.pipe(response);
    });
    if (hasBody(request)) request.pipe(upstream);
    else upstream.end();
  });
}
