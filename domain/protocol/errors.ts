/** One table: stable error code → HTTP status, WebSocket close code, and a sentence that is safe for learners. */
export const errorTable = {
  'bad-request': {
    http: 400,
    ws: 4400,
    learner: 'That request was not understood. Nothing was changed. Reload the page and try again.',
  },
  unauthorized: { http: 401, ws: 4401, learner: 'You are signed out. Your work is kept. Sign in to go on.' },
  forbidden: {
    http: 403,
    ws: 4403,
    learner: 'Your account may not do this. Nothing was changed. Ask your instructor.',
  },
  'not-found': { http: 404, ws: 4404, learner: 'There is nothing here, or it is not yours to see.' },
  'sandbox-not-found': {
    http: 404,
    ws: 4404,
    learner: 'That sandbox is gone. Your progress is kept. Start a fresh one to go on.',
  },
  'sandbox-ended': {
    http: 410,
    ws: 4410,
    learner: 'That sandbox has ended. Your progress is kept. Start a fresh one to go on.',
  },
  'terminal-not-found': {
    http: 404,
    ws: 4404,
    learner: 'That terminal has ended. Your progress is kept. Open a new one.',
  },
  'too-many-terminals': {
    http: 409,
    ws: 4409,
    learner: 'This sandbox has as many terminals as it may have. Close one, then open another.',
  },
  'terminal-failed': {
    http: 503,
    ws: 4503,
    learner:
      'The sandbox gave no shell: it may be frozen or full of processes. Your progress is kept. End what runs wild in another terminal, or start a fresh sandbox.',
  },
  'port-closed': {
    http: 502,
    ws: 4502,
    learner:
      'Nothing in the sandbox answers on that port. Your sandbox goes on as it is. Publish the port of a container, or start a program that listens on 0.0.0.0, then try again.',
  },
  'preview-off': {
    http: 503,
    ws: 4503,
    learner:
      'This Belowdeck has no address for previews yet. Your sandbox goes on as it is. Look at the port with curl in the terminal, or ask whoever runs this Belowdeck to set BELOWDECK_PREVIEW_HOST.',
  },
  'too-many-connections': {
    http: 503,
    ws: 4503,
    learner:
      'This sandbox has as many open connections as it may have. Nothing was lost. Close pages that show it, then try again.',
  },
  conflict: { http: 409, ws: 4409, learner: 'This changed while you were at it. Nothing was lost. Reload the page.' },
  'rate-limited': {
    http: 429,
    ws: 4429,
    learner: 'That was too often in a short time. Nothing was lost. Wait a moment and try again.',
  },
  'no-capacity': {
    http: 503,
    ws: 4503,
    learner: 'All sandboxes are in use right now. Your progress is kept. Try again in a minute.',
  },
  'host-unsafe': {
    http: 503,
    ws: 4503,
    learner:
      'This server found that its sandboxes would not be safe, so it gives none away. Your progress is kept. Ask the operator: npm run doctor on the server says what to do.',
  },
  'sandbox-start-failed': {
    http: 503,
    ws: 4503,
    learner: 'The sandbox did not start. Your progress is kept. Try again; if it happens twice, tell your instructor.',
  },
  'network-unfenced': {
    http: 503,
    ws: 4503,
    learner:
      'Sandboxes cannot be kept apart from the network right now, so none is handed out. Your progress is kept. Try again in a minute; if it stays so, tell your instructor.',
  },
  'host-unreachable': {
    http: 503,
    ws: 4503,
    learner:
      'The sandbox host does not answer. Your progress is kept. It is restarted by itself; try again in a moment.',
  },
  internal: {
    http: 500,
    ws: 4500,
    learner:
      'Something broke on our side. Your progress is kept. Try again; if it happens twice, tell your instructor.',
  },
} as const;

export type ErrorCode = keyof typeof errorTable;

/** True for a code of the table; use it instead of `instanceof` (modules are loaded twice in the web process). */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

/** An error with a stable code: `message` is for the log, `learnerMessage` for people. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly learnerMessage: string;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; learnerMessage?: string } = {}) {
    super(message, { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.learnerMessage = options.learnerMessage ?? errorTable[code].learner;
  }
}

/** The code of any thrown value: its own when it has one of ours, else `internal`. */
export function errorCodeOf(error: unknown): ErrorCode {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
  return isErrorCode(code) ? code : 'internal';
}
