import type { ClassRole } from './roles.ts';
import type { Viewer } from './viewer.ts';

/** Whose an attempt is, and whether the viewer is an instructor of a class that the learner belongs to. */
export interface AttemptSubject {
  ownerId: string;
  taughtByViewer: boolean;
}

/** The viewer's own role in the class; null when not a member. */
export interface ClassSubject {
  memberRole: ClassRole | null;
}

export interface UserSubject {
  userId: string;
}

/** Each action with what it is done to. `null`: to nothing in particular. */
export interface Subjects {
  'catalog.view': null;
  'attempt.start': null;
  'attempt.view': AttemptSubject;
  'attempt.act': AttemptSubject;
  'class.list': null;
  'class.create': null;
  'class.join': null;
  'class.view': ClassSubject;
  'class.manage': ClassSubject;
  'class.results': ClassSubject;
  'account.view': null;
  'account.change-password': null;
  'user.list': null;
  'user.set-role': UserSubject;
  'user.remove': UserSubject;
  'user.reset-link': UserSubject;
  'sandbox.list': null;
  'sandbox.end': null;
  'host.view': null;
  'audit.view': null;
}
export type Action = keyof Subjects;

type Policy<A extends Action> = (viewer: Viewer, subject: Subjects[A]) => boolean;

const anyone = () => true;
const member = (viewer: Viewer) => !viewer.guest;
const admin = (viewer: Viewer) => viewer.role === 'admin' && !viewer.guest;
const runsClass = (viewer: Viewer, { memberRole }: ClassSubject) =>
  admin(viewer) || (member(viewer) && memberRole === 'instructor');
const otherThanSelf = (viewer: Viewer, { userId }: UserSubject) => admin(viewer) && viewer.userId !== userId;

const policies: { [A in Action]: Policy<A> } = {
  'catalog.view': anyone,
  'attempt.start': anyone,
  'attempt.view': (viewer, { ownerId, taughtByViewer }) =>
    viewer.userId === ownerId || admin(viewer) || (member(viewer) && taughtByViewer),
  'attempt.act': (viewer, { ownerId }) => viewer.userId === ownerId,
  'class.list': member,
  'class.create': viewer => member(viewer) && (viewer.role === 'instructor' || viewer.role === 'admin'),
  'class.join': member,
  'class.view': (viewer, { memberRole }) => admin(viewer) || (member(viewer) && memberRole !== null),
  'class.manage': runsClass,
  'class.results': runsClass,
  'account.view': anyone,
  'account.change-password': member,
  'user.list': admin,
  // Nobody takes the admin role, or the account, from themselves: so there is always an admin left.
  'user.set-role': otherThanSelf,
  'user.remove': otherThanSelf,
  'user.reset-link': admin,
  'sandbox.list': admin,
  'sandbox.end': admin,
  'host.view': admin,
  'audit.view': admin,
};

/** Actions that need no session. */
const open: ReadonlySet<Action> = new Set(['catalog.view']);

/** Whether the viewer (null: nobody signed in) may do this. Pure; what it needs to know about the subject is handed in. */
export function can<A extends Action>(viewer: Viewer | null, action: A, subject: Subjects[A]): boolean {
  if (viewer === null) return open.has(action);
  return policies[action](viewer, subject);
}
