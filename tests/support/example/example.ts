import type { Browser, BrowserContext } from 'playwright-core';
import { assignLab } from '#data/assignments.ts';
import { createClass, getClass } from '#data/classes.ts';
import { type Db, openDb } from '#data/db.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { labOf } from '#tests/e2e/support/labs.ts';
import { becomeOwner, makeAccount, type Person, person } from '#tests/e2e/support/people.ts';
import type { Belowdeck } from '../belowdeck.ts';
import { LearnerAtWork } from './learner-at-work.ts';

export type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Example data on a fresh Belowdeck: a class whose learners stand at different points of both labs, by real verdicts. */
export interface Example {
  classId: string;
  joinCode: string;
  /** Attempt of the learner whose verdicts are worth a look. */
  shownAttempt: string;
  owner: Viewer;
  /** Cookies of people who are signed in. */
  sessions: { owner: StorageState; ada: StorageState; grace: StorageState };
}

const DAY_MS = 24 * 3_600_000;
const course = 'docker-engine';

export async function makeExample(belowdeck: Belowdeck, browser: Browser): Promise<Example> {
  const db = await openDb(belowdeck.databaseUrl);
  try {
    const desk = await browser.newContext();
    const chief = person('Olga Bergström');
    await becomeOwner(await desk.newPage(), belowdeck, { ...chief, email: 'olga@example.org' });
    const owner = await viewerOf(db, 'olga@example.org');
    const { id: classId } = await createClass(db, owner, 'Containers, autumn 2026');
    await assignLab(db, owner, classId, { course, lab: 'client-and-daemon', dueAt: Date.now() + 2 * DAY_MS });
    await assignLab(db, owner, classId, { course, lab: 'process-tree', dueAt: Date.now() + 9 * DAY_MS });
    const joinCode = (await getClass(db, owner, classId)).joinCode ?? '';
    const join = async (who: Person) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${belowdeck.url}/join/${joinCode}`);
      await makeAccount(page, who, 'Make account and join');
      await page.getByText('You are in this class.').waitFor();
      await page.close();
      return context;
    };
    const at = (context: BrowserContext, lab: string) =>
      new LearnerAtWork(belowdeck, context.request, labOf(lab)).begin();

    const ada = await join(person('Ada Lovelace'));
    const finished = await at(ada, 'process-tree');
    for (const { slug } of labOf('process-tree').steps) await finished.solve(slug);
    await finished.act('finish');
    const again = await at(ada, 'client-and-daemon');
    for (const { slug } of labOf('client-and-daemon').steps.slice(0, 3)) await again.solve(slug);

    const grace = await join(person('Grace Hopper'));
    const middle = await at(grace, 'process-tree');
    for (const step of ['before', 'after', 'what-is-missing']) await middle.solve(step);

    const linus = await join(person('Wilhelmina Featherstonehaugh-Montgomery'));
    const stuck = await at(linus, 'process-tree');
    await stuck.solve('before');
    await stuck.open('after');
    await stuck.type('docker run -d --name web busybox sleep 600');
    for (let tries = 0; tries < 3; tries++) await stuck.check('run-web');
    await stuck.act('tasks/run-web/hint');
    await stuck.act('tasks/run-web/solution');

    const edsger = await join(person('Edsger Dijkstra'));
    const undone = await at(edsger, 'process-tree');
    await undone.solve('before');
    await undone.solve('after');
    await undone.type('docker rm -f web');
    await undone.check('run-web');
    await join(person('Margaret Hamilton'));

    const sessions = {
      owner: await desk.storageState(),
      ada: await ada.storageState(),
      grace: await grace.storageState(),
    };
    return { classId, joinCode, shownAttempt: middle.attemptId, owner, sessions };
  } finally {
    await db.$disconnect();
  }
}

async function viewerOf(db: Db, email: string): Promise<Viewer> {
  const { id, name, role } = await db.user.findUniqueOrThrow({ where: { email } });
  return { userId: id, name, email, guest: false, role: role as Viewer['role'] };
}
