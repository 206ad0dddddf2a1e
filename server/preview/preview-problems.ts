import { CodedError, errorCodeOf } from '#domain/protocol/errors.ts';
import type { PreviewProblem } from './preview-page.ts';

const sandboxGoesOn = 'Your sandbox and everything in it.';

/** Every page of ours that a preview can show, in words. */
export const problems = {
  notAllowed: {
    status: 403,
    title: 'This browser may not look into that sandbox.',
    kept: 'Everything: nothing was sent to the sandbox.',
    todo: 'Open the preview from the lab page again. A preview ends with its sandbox, when you sign out, and after a day.',
  },
  usedTicket: {
    status: 403,
    title: 'This way in was used already, or is too old.',
    kept: 'Everything: nothing was sent to the sandbox.',
    todo: 'Open the preview from the lab page again: each click makes a fresh way in.',
  },
  elsewhere: {
    status: 403,
    title: 'Another site’s page may not use this preview.',
    kept: 'Everything: nothing was sent to the sandbox.',
    todo: 'Open the preview itself, from the lab page.',
  },
  gone: {
    status: 410,
    title: 'That sandbox is gone.',
    kept: 'Your progress in the lab. What was in the sandbox is lost: it ended, or was reset to a fresh one.',
    todo: 'Go to the lab page. A fresh sandbox has previews of its own.',
  },
  noSuchName: {
    status: 404,
    title: 'There is no preview at this address.',
    kept: 'Everything.',
    todo: 'Open the preview from the lab page.',
  },
  notUnderstood: {
    status: 400,
    title: 'That request was not understood.',
    kept: 'Everything: nothing was sent to the sandbox.',
    todo: 'Open the preview from the lab page again.',
  },
  busy: {
    status: 503,
    title: 'This sandbox has as many open connections as it may have.',
    kept: sandboxGoesOn,
    todo: 'Close other pages that show it, wait a moment, then reload.',
  },
  broken: {
    status: 500,
    title: 'The preview broke on our side.',
    kept: sandboxGoesOn,
    todo: 'Reload. If it happens twice, tell your instructor.',
  },
} as const satisfies Record<string, PreviewProblem>;

const inUse = (ports: readonly string[]) => ({ title: 'Open in this sandbox', lines: ports });

/** Nothing answers; `ports`: what is known to listen, one line each. */
function portClosed(port: number, ports: readonly string[]): PreviewProblem {
  return {
    status: 502,
    title: `Nothing in the sandbox answers on port ${port}.`,
    kept: sandboxGoesOn,
    todo:
      `Publish the port of a container: docker run -p ${port}:80 nginx. One published to 127.0.0.1, or a program that ` +
      'listens there, answers inside the sandbox only: use 0.0.0.0. Then reload.',
    details: inUse(ports),
  };
}

/** The page for whatever went wrong between us and the sandbox, before it answered. */
export function problemOf(error: unknown, port: number, ports: readonly string[] = []): PreviewProblem {
  const code = errorCodeOf(error);
  const system = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (code === 'port-closed') return portClosed(port, ports);
  if (code === 'sandbox-ended' || code === 'sandbox-not-found') return problems.gone;
  if (code === 'too-many-connections') return problems.busy;
  if (code === 'host-unreachable')
    return {
      status: 503,
      title: 'The sandbox host does not answer.',
      kept: 'Your progress, and your sandbox if the host still has it.',
      todo: 'Wait a moment: it is restarted by itself. Then reload.',
    };
  if (code !== 'internal') return problems.notAllowed;
  if (system === 'ETIMEDOUT')
    return {
      status: 504,
      title: `Port ${port} took the request, and gave no answer in time.`,
      kept: sandboxGoesOn,
      todo: 'Look with docker logs at what the program does, then reload.',
    };
  if (system === 'ECONNRESET' || system === 'EPIPE')
    return {
      status: 502,
      title: `Port ${port} hung up without an answer.`,
      kept: sandboxGoesOn,
      todo: 'The port is open, yet nothing behind it speaks HTTP: is the program in the container up, and does it listen on the port that you published? docker logs tells. Then reload.',
      details: inUse(ports),
    };
  if (system.startsWith('HPE_'))
    return {
      status: 502,
      title: `What answers on port ${port} does not speak HTTP.`,
      kept: sandboxGoesOn,
      todo: 'A preview shows HTTP and WebSocket. Talk to other programs from the terminal.',
    };
  return problems.broken;
}

/** Thrown by us when an answer takes too long. */
export function tooLate(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

/** Thrown by us for an answer that cannot be passed on. */
export function notHttp(cause: unknown): Error {
  return Object.assign(new Error('an answer that cannot be passed on', { cause }), { code: 'HPE_REFUSED' });
}

/** The page for somebody who cannot be let in to begin with: not signed in, not theirs, no sandbox, previews off. */
export function entryProblem(error: unknown): PreviewProblem {
  const code = errorCodeOf(error);
  if (code === 'unauthorized')
    return {
      status: 401,
      title: 'You are signed out.',
      kept: 'Your work.',
      todo: 'Sign in, then open the preview again.',
    };
  if (code === 'preview-off')
    return {
      status: 503,
      title: 'This Belowdeck has no address for previews yet.',
      kept: sandboxGoesOn,
      todo: 'Look at the port with curl in the terminal. Whoever runs this Belowdeck can turn previews on.',
      details: {
        title: 'For whoever runs it (docs/operations.md, “Web preview”)',
        lines: [
          'DNS and certificate for *.preview.example.org, best below a domain of its own, to the same reverse proxy',
          'BELOWDECK_PREVIEW_HOST=preview.example.org npm start',
        ],
      },
    };
  if (code === 'sandbox-ended' || code === 'sandbox-not-found') return problems.gone;
  if (code === 'not-found' || code === 'forbidden') return problems.notAllowed;
  const said =
    error instanceof CodedError || (error !== null && typeof error === 'object' && 'learnerMessage' in error);
  if (code === 'internal' || !said) return problems.broken;
  return {
    status: code === 'rate-limited' ? 429 : 400,
    title: 'The preview could not be opened.',
    kept: sandboxGoesOn,
    todo: String((error as CodedError).learnerMessage),
  };
}
