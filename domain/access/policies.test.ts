import { describe, expect, it } from 'vitest';
import { type Action, can, type Subjects } from './policies.ts';
import type { Viewer } from './viewer.ts';

const person = (userId: string, role: Viewer['role'], guest = false): Viewer => ({
  userId,
  role,
  guest,
  name: userId,
  email: `${userId}@example.org`,
});

/** Who stands in the table's columns, and what they are to the class and the learner in question. */
const people = {
  nobody: { viewer: null, memberRole: null },
  guest: { viewer: person('guest', 'learner', true), memberRole: null },
  outsider: { viewer: person('outsider', 'learner'), memberRole: null },
  learner: { viewer: person('learner', 'learner'), memberRole: 'learner' },
  assistant: { viewer: person('assistant', 'learner'), memberRole: 'instructor' },
  instructor: { viewer: person('instructor', 'instructor'), memberRole: 'instructor' },
  stranger: { viewer: person('stranger', 'instructor'), memberRole: null },
  admin: { viewer: person('admin', 'admin'), memberRole: null },
} as const;
type Person = keyof typeof people;
const columns = Object.keys(people) as Person[];

/**
 * One row per action, one column per person: y or -. The attempt is the learner's; the account is the learner's; the
 * class is the one that the learner, the assistant and the instructor are in.
 */
const table: Record<Action, string> = {
  //                         nobody guest outsider learner assistant instructor stranger admin
  'catalog.view': '           y      y     y        y       y         y          y        y',
  'attempt.start': '          -      y     y        y       y         y          y        y',
  'attempt.view': '           -      -     -        y       y         y          -        y',
  'attempt.act': '            -      -     -        y       -         -          -        -',
  'class.list': '             -      -     y        y       y         y          y        y',
  'class.create': '           -      -     -        -       -         y          y        y',
  'class.join': '             -      -     y        y       y         y          y        y',
  'class.view': '             -      -     -        y       y         y          -        y',
  'class.manage': '           -      -     -        -       y         y          -        y',
  'class.results': '          -      -     -        -       y         y          -        y',
  'account.view': '           -      y     y        y       y         y          y        y',
  'account.change-password': '-      -     y        y       y         y          y        y',
  'user.list': '              -      -     -        -       -         -          -        y',
  'user.set-role': '          -      -     -        -       -         -          -        y',
  'user.remove': '            -      -     -        -       -         -          -        y',
  'user.reset-link': '        -      -     -        -       -         -          -        y',
  'sandbox.list': '           -      -     -        -       -         -          -        y',
  'sandbox.end': '            -      -     -        -       -         -          -        y',
  'host.view': '              -      -     -        -       -         -          -        y',
  'audit.view': '             -      -     -        -       -         -          -        y',
};

function subjectFor(action: Action, who: Person): Subjects[Action] {
  if (action.startsWith('attempt.') && action !== 'attempt.start')
    return { ownerId: 'learner', taughtByViewer: people[who].memberRole === 'instructor' };
  if (action.startsWith('user.') && action !== 'user.list') return { userId: 'learner' };
  return { memberRole: people[who].memberRole };
}

describe.each(Object.entries(table))('%s', (action, row) => {
  const expected = row.trim().split(/\s+/);
  it.each(columns.map((who, column) => [who, expected[column]] as const))('%s: %s', (who, mark) => {
    const subject = subjectFor(action as Action, who);
    expect(can(people[who].viewer, action as Action, subject as never)).toBe(mark === 'y');
  });
});

it('lets no admin demote, or remove, themselves', () => {
  const { viewer } = people.admin;
  expect(can(viewer, 'user.set-role', { userId: 'admin' })).toBe(false);
  expect(can(viewer, 'user.remove', { userId: 'admin' })).toBe(false);
  expect(can(viewer, 'user.reset-link', { userId: 'admin' })).toBe(true);
});

it('gives a guest nothing of a role or a class that its record claims', () => {
  const viewer = person('guest', 'admin', true);
  const refused: [Action, Subjects[Action]][] = [
    ['user.list', null],
    ['class.create', null],
    ['class.manage', { memberRole: 'instructor' }],
    ['attempt.view', { ownerId: 'learner', taughtByViewer: true }],
  ];
  for (const [action, subject] of refused) expect(can(viewer, action, subject as never), action).toBe(false);
});
