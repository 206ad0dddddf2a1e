import type { Action } from './policies.ts';

/**
 * Who may use a route: `open` is everybody, `signed-in` everybody with an account or a guest's session, else what
 * policies.ts says of this action. One-time and join links are open: their token or code is the key.
 */
export type Gate = Action | 'open' | 'signed-in';

export interface Route {
  /** page: a page.tsx. api: route handler. action: an exported server action. socket: of the upgrade dispatcher. */
  kind: 'page' | 'api' | 'action' | 'socket';
  /** Path with Next's brackets, a handler's with its method; actions by their function's name. */
  name: string;
  gate: Gate;
}

const page = (name: string, gate: Gate): Route => ({ kind: 'page', name, gate });
const api = (name: string, gate: Gate): Route => ({ kind: 'api', name, gate });
const action = (name: string, gate: Gate): Route => ({ kind: 'action', name, gate });
const socket = (name: string, gate: Gate): Route => ({ kind: 'socket', name, gate });

/** Every way into the web process, and who may take it. A test compares it with the files. */
export const routeTable: readonly Route[] = [
  page('/', 'open'),
  page('/learn/[course]', 'open'),
  page('/learn/[course]/[lab]', 'open'),
  api('GET /learn/[course]/[lab]/assets/[name]', 'open'),
  // Each shows the viewer's own attempt.
  page('/learn/[course]/[lab]/[step]', 'signed-in'),
  page('/learn/[course]/[lab]/finish', 'signed-in'),
  action('startLabAction', 'attempt.start'),
  api('POST /api/v1/attempts', 'attempt.start'),
  api('GET /api/v1/attempts/[id]', 'attempt.view'),
  api('POST /api/v1/attempts/[id]/finish', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/questions/[question]', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/sandbox/end', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/sandbox/extend', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/sandbox/reset', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/sandbox/start', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/steps/[step]', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/tasks/[task]/check', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/tasks/[task]/hint', 'attempt.act'),
  api('POST /api/v1/attempts/[id]/tasks/[task]/solution', 'attempt.act'),
  api('GET /api/v1/attempts/[id]/terminals', 'attempt.view'),
  api('POST /api/v1/attempts/[id]/terminals', 'attempt.act'),
  api('DELETE /api/v1/attempts/[id]/terminals/[terminal]', 'attempt.act'),
  api('GET /api/v1/attempts/[id]/preview/[port]', 'attempt.view'),
  socket('/ws/attempt/[attemptId]', 'attempt.view'),
  // Read-only for who may look but does not own the attempt.
  socket('/ws/terminal/[attemptId]/[terminalId]', 'attempt.view'),
  socket('/ws/class/[classId]/[course]/[lab]', 'class.results'),

  // Guests are told how to join one.
  page('/classes', 'signed-in'),
  page('/classes/[id]', 'class.view'),
  page('/classes/[id]/results/[course]/[lab]', 'class.results'),
  page('/classes/[id]/results/[course]/[lab]/[attempt]/[task]', 'class.results'),
  api('GET /classes/[id]/results/[course]/[lab]/results.csv', 'class.results'),
  action('createClassAction', 'class.create'),
  action('renameClassAction', 'class.manage'),
  action('archiveClassAction', 'class.manage'),
  action('renewJoinCodeAction', 'class.manage'),
  action('setMemberRoleAction', 'class.manage'),
  action('removeMemberAction', 'class.manage'),
  action('assignLabAction', 'class.manage'),
  action('unassignLabAction', 'class.manage'),
  action('announceClassAction', 'class.manage'),
  action('cancelAnnouncementAction', 'class.manage'),

  page('/sign-in', 'open'),
  page('/sign-up', 'open'),
  page('/welcome', 'open'),
  page('/reset', 'open'),
  page('/join/[code]', 'open'),
  page('/account', 'account.view'),
  action('signInAction', 'open'),
  action('signUpAction', 'open'),
  action('guestAction', 'open'),
  action('welcomeAction', 'open'),
  action('resetAction', 'open'),
  action('joinAction', 'class.join'),
  action('changeNameAction', 'account.view'),
  action('changePasswordAction', 'account.change-password'),
  action('signOutAction', 'open'),
  api('GET /api/auth/[...all]', 'open'),
  api('POST /api/auth/[...all]', 'open'),

  page('/admin', 'open'),
  page('/admin/users', 'user.list'),
  page('/admin/sandboxes', 'sandbox.list'),
  page('/admin/host', 'host.view'),
  page('/admin/audit', 'audit.view'),
  action('setRoleAction', 'user.set-role'),
  action('removeUserAction', 'user.remove'),
  action('resetLinkAction', 'user.reset-link'),
  action('endSandboxAction', 'sandbox.end'),

  // The kit, in development only.
  page('/design', 'open'),
];
