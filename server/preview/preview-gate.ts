import type { IncomingMessage } from 'node:http';
import type { MayLook } from './preview-access.ts';
import { cookieValues, type Passes, type PreviewPass } from './preview-cookie.ts';
import { comesFromElsewhere } from './preview-headers.ts';
import type { PreviewName } from './preview-host.ts';
import type { PreviewProblem } from './preview-page.ts';
import { problemOf, problems } from './preview-problems.ts';
import type { PreviewSandbox, PreviewSandboxes } from './preview-sandboxes.ts';

export interface GateOptions {
  sandboxes: Pick<PreviewSandboxes, 'find'>;
  sandboxd: { readonly reachable: boolean };
  passes: Passes;
  cookieName: string;
  mayLook: MayLook;
  nameOf: (host: string) => PreviewName | null;
}

export interface LetIn {
  sandbox: PreviewSandbox;
  label: string;
  port: number;
  pass: PreviewPass;
}

/** Who may pass: a living sandbox's name, a pass for that very name, a session that may look now, no foreign page. */
export function createGate(options: GateOptions) {
  return async (request: IncomingMessage, name: PreviewName): Promise<LetIn | PreviewProblem> => {
    if (name === 'stray') return problems.noSuchName;
    if (!request.url?.startsWith('/')) return problems.notUnderstood;
    const { label, port } = name;
    const sandbox = options.sandboxes.find(label);
    if (!sandbox) return options.sandboxd.reachable ? problems.gone : problemOf({ code: 'host-unreachable' }, port);
    const pass = cookieValues(request.headers.cookie, options.cookieName)
      .map(options.passes.open)
      .find(one => one?.label === label && one.port === port);
    if (!pass || !(await options.mayLook(pass.sessionId, sandbox.attemptId))) return problems.notAllowed;
    if (comesFromElsewhere(request.headers, label, options.nameOf)) return problems.elsewhere;
    return { sandbox, label, port, pass };
  };
}

/** Tells the two answers of the gate apart. */
export function isLetIn(answer: LetIn | PreviewProblem): answer is LetIn {
  return 'pass' in answer;
}
