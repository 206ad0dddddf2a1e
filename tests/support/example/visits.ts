import type { Page } from 'playwright-core';
import { openDb } from '#data/db.ts';
import { createResetLink } from '#data/one-time-links.ts';
import { routeTable } from '#domain/access/route-table.ts';
import type { Belowdeck } from '../belowdeck.ts';
import type { Example } from './example.ts';

/** One page of the example, as somebody sees it. */
export interface Visit {
  /** File name without ending. */
  name: string;
  /** Its line in the route table. */
  route: string;
  path: string;
  as: keyof Example['sessions'] | 'stranger';
  /** Resolves once there is nothing left to wait for. */
  settled?: (page: Page) => Promise<unknown>;
}

/** Every page of the route table at least once. */
export async function visitsOf(belowdeck: Belowdeck, example: Example): Promise<Visit[]> {
  const { classId, joinCode, shownAttempt } = example;
  const lab = '/learn/docker-engine/process-tree';
  const results = `/classes/${classId}/results/docker-engine/process-tree`;
  // On a phone the terminal is there, but hidden: it has no role then.
  const prompt = (page: Page) =>
    page.locator('section[aria-label=Terminals]').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
  const welcome = (await belowdeck.ownerLink()).replace(belowdeck.url, '');
  const visits: Visit[] = [
    { name: 'start-stranger', route: '/', path: '/', as: 'stranger' },
    { name: 'start-learner', route: '/', path: '/', as: 'grace' },
    { name: 'course', route: '/learn/[course]', path: '/learn/docker-engine', as: 'grace' },
    { name: 'lab-stranger', route: '/learn/[course]/[lab]', path: lab, as: 'stranger' },
    { name: 'lab-step', route: '/learn/[course]/[lab]/[step]', path: `${lab}/after`, as: 'grace', settled: prompt },
    { name: 'lab-finish', route: '/learn/[course]/[lab]/finish', path: `${lab}/finish`, as: 'ada' },
    { name: 'classes', route: '/classes', path: '/classes', as: 'owner' },
    { name: 'classes-learner', route: '/classes', path: '/classes', as: 'grace' },
    { name: 'class', route: '/classes/[id]', path: `/classes/${classId}`, as: 'owner' },
    { name: 'class-learner', route: '/classes/[id]', path: `/classes/${classId}`, as: 'grace' },
    { name: 'results', route: '/classes/[id]/results/[course]/[lab]', path: results, as: 'owner' },
    {
      name: 'verdict',
      route: '/classes/[id]/results/[course]/[lab]/[attempt]/[task]',
      path: `${results}/${shownAttempt}/run-web`,
      as: 'owner',
    },
    { name: 'sign-in', route: '/sign-in', path: '/sign-in', as: 'stranger' },
    { name: 'sign-up', route: '/sign-up', path: '/sign-up', as: 'stranger' },
    { name: 'welcome', route: '/welcome', path: welcome, as: 'stranger' },
    { name: 'reset', route: '/reset', path: `/reset?token=${await resetToken(belowdeck, example)}`, as: 'stranger' },
    { name: 'join', route: '/join/[code]', path: `/join/${joinCode}`, as: 'stranger' },
    { name: 'account', route: '/account', path: '/account', as: 'grace' },
    { name: 'admin', route: '/admin', path: '/admin', as: 'owner' },
    { name: 'admin-users', route: '/admin/users', path: '/admin/users', as: 'owner' },
    { name: 'admin-sandboxes', route: '/admin/sandboxes', path: '/admin/sandboxes', as: 'owner' },
    { name: 'admin-host', route: '/admin/host', path: '/admin/host', as: 'owner' },
    { name: 'admin-audit', route: '/admin/audit', path: '/admin/audit', as: 'owner' },
    { name: 'not-found', route: '/', path: '/there-is-no-such-page', as: 'stranger' },
  ];
  const missing = routeTable
    // The kit is there in development only.
    .filter(({ kind, name }) => kind === 'page' && !name.startsWith('/design'))
    .filter(({ name }) => !visits.some(visit => visit.route === name))
    .map(({ name }) => name);
  if (missing.length > 0)
    throw new Error(`No visit to ${missing.join(', ')}: add one to tests/support/example/visits.ts`);
  return visits;
}

async function resetToken({ databaseUrl }: Belowdeck, { owner }: Example): Promise<string> {
  const db = await openDb(databaseUrl);
  try {
    const { id } = await db.user.findUniqueOrThrow({ where: { email: 'margaret.hamilton@example.org' } });
    return await createResetLink(db, owner, id);
  } finally {
    await db.$disconnect();
  }
}

/** Goes there and waits until what is shown stays: fonts, what the page fetches, its terminal. */
export async function visit(page: Page, url: string, { path, settled }: Visit): Promise<void> {
  await page.goto(url + path, { waitUntil: 'load' });
  await page.locator('#main').waitFor();
  await settled?.(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
