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

    const [ada, grace] = await Promise.all([
      join(person('Ada Lovelace')),
      join(person('Grace Hopper')),
      join(person('Margaret Hamilton')),
    ]);
    const [middle] = await Promise.all([
      workHalf(await at(grace, 'process-tree')),
      workWhole(await at(ada, 'process-tree')).then(async () => workBegun(await at(ada, 'client-and-daemon'))),
      join(person('Wilhelmina Featherstonehaugh-Montgomery')).then(async context =>
        workStuck(await at(context, 'process-tree')),
      ),
      join(person('Edsger Dijkstra')).then(async context => workUndone(await at(context, 'process-tree'))),
    ]);

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

async function workWhole(learner: LearnerAtWork): Promise<void> {
  for (const { slug } of labOf('process-tree').steps) await learner.solve(slug);
  await learner.act('finish');
}

async function workBegun(learner: LearnerAtWork): Promise<void> {
  for (const { slug } of labOf('client-and-daemon').steps.slice(0, 3)) await learner.solve(slug);
}

async function workHalf(learner: LearnerAtWork): Promise<LearnerAtWork> {
  for (const step of ['before', 'after', 'what-is-missing']) await learner.solve(step);
  return learner;
}

/** Tried the wrong thing three times, then opened a hint and the solution. */
async function workStuck(learner: LearnerAtWork): Promise<void> {
  await learner.solve('before');
  await learner.open('after');
  await learner.type('docker run -d --name web busybox sleep 600');
  for (let tries = 0; tries < 3; tries++) await learner.check('run-web');
  await learner.act('tasks/run-web/hint');
  await learner.act('tasks/run-web/solution');
}

async function workUndone(learner: LearnerAtWork): Promise<void> {
  await learner.solve('before');
  await learner.solve('after');
  await learner.type('docker rm -f web');
  await learner.check('run-web');
}

async function viewerOf(db: Db, email: string): Promise<Viewer> {
  const { id, name, role } = await db.user.findUniqueOrThrow({ where: { email } });
  return { userId: id, name, email, guest: false, role: role as Viewer['role'] };
}
