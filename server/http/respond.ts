import { CodedError, errorCodeOf, errorTable } from '#domain/protocol/errors.ts';

/** What a failed request answers with: the code for programs, the text for people. */
export interface ErrorBody {
  error: { code: string; message: string };
}

/** Any thrown value as a response. What is unexpected is said in general terms and given to `log`. */
export function respond(error: unknown, log: (error: unknown) => void = () => {}): Response {
  const code = errorCodeOf(error);
  const body: ErrorBody = { error: { code, message: learnerTextOf(error, log) } };
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  const wait = error !== null && typeof error === 'object' && 'retryAfterMs' in error ? Number(error.retryAfterMs) : 0;
  if (wait > 0) headers['retry-after'] = String(Math.ceil(wait / 1000));
  return Response.json(body, { status: errorTable[code].http, headers });
}

/** The sentence a learner may read about any thrown value; what is unexpected goes to `log`. */
export function learnerTextOf(error: unknown, log: (error: unknown) => void = () => {}): string {
  const code = errorCodeOf(error);
  if (code === 'internal') log(error);
  const own = error !== null && typeof error === 'object' && 'learnerMessage' in error ? error.learnerMessage : null;
  return typeof own === 'string' && code !== 'internal' ? own : errorTable[code].learner;
}

/** A `rate-limited` error that says how long to wait. */
export function rateLimited(retryAfterMs: number, what: string): CodedError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return Object.assign(
    new CodedError('rate-limited', `${what}: wait ${seconds} s`, {
      learnerMessage: `That was too often in a short time. Nothing was lost. Wait ${wait}, then try again.`,
    }),
    { retryAfterMs },
  );
}
