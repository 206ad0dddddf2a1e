import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '#domain/access/viewer.ts';
import { getPinnedLab } from './attempt-lab.ts';
import { findBaseline, listSteps, openStep, saveBaseline } from './attempt-steps.ts';
import {
  createAttempt,
  findActiveAttempt,
  findAttempt,
  finishAttempt,
  getAttempt,
  getOpenAttempt,
  getOwnAttempt,
  setSandbox,
  touchAttempt,
} from './attempts.ts';
import { joinClass } from './class-members.ts';
import { createClass, getClass } from './classes.ts';
import { system } from './system.ts';
import { addUser, sampleFacts, sampleLab } from './testing/samples.ts';
import { openTestDb, type TestDb } from './testing/test-db.ts';

// Slow on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let test: TestDb;
let ada: Viewer;
beforeEach(async () => {
  test = await openTestDb();
  ada = await addUser(test.db, 'Ada');
});
afterEach(() => test.close());

describe('an attempt', () => {
  it('begins at the first step, pinned to the lab as it was', async () => {
    const attempt = await createAttempt(test.db, ada, sampleLab());
    expect(attempt).toMatchObject({ userId: 'ada', status: 'active', step: 'look', sandboxId: null });
    expect(await getPinnedLab(test.db, ada, attempt.id)).toEqual(sampleLab());
    expect(await findActiveAttempt(test.db, ada, 'docker-engine', 'client-and-daemon')).toEqual(attempt);
    expect(await test.db.auditEvent.count({ where: { action: 'attempt.start', actorId: 'ada' } })).toBe(1);
  });

  it('is one, though it was started in two tabs at once', async () => {
    const both = await Promise.all([
      createAttempt(test.db, ada, sampleLab()),
      createAttempt(test.db, ada, sampleLab()),
    ]);
    expect(both[0].id).toBe(both[1].id);
    expect(await test.db.attempt.count()).toBe(1);
  });

  it('stays pinned when the lab changes; the next one takes the new lab', async () => {
    const old = await createAttempt(test.db, ada, sampleLab());
    const changed = sampleLab({ hash: 'b'.repeat(64), title: 'New' });
    expect((await createAttempt(test.db, ada, changed)).id).toBe(old.id);
    await finishAttempt(test.db, ada, old.id);
    const next = await createAttempt(test.db, ada, changed);
    expect((await getPinnedLab(test.db, ada, next.id)).title).toBe('New');
    expect((await getPinnedLab(test.db, ada, old.id)).title).toBe('Client and daemon');
  });

  it('is finished once, and takes nothing more', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    const finished = await finishAttempt(test.db, ada, id);
    expect(finished.status).toBe('finished');
    expect((await finishAttempt(test.db, ada, id)).finishedAt).toBe(finished.finishedAt);
    await expect(getOpenAttempt(test.db, ada, id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(openStep(test.db, ada, id, 'kill')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('remembers its sandbox, until it has none', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    await setSandbox(test.db, system, id, 'abcdefabcdef');
    expect((await findAttempt(test.db, system, id))?.sandboxId).toBe('abcdefabcdef');
    await setSandbox(test.db, system, id, null);
    expect((await findAttempt(test.db, system, id))?.sandboxId).toBeNull();
  });

  it('remembers when its learner was last active', async () => {
    const { id, lastActiveAt } = await createAttempt(test.db, ada, sampleLab());
    await new Promise(later => setTimeout(later, 5));
    await touchAttempt(test.db, system, id);
    expect((await findAttempt(test.db, system, id))?.lastActiveAt).toBeGreaterThan(lastActiveAt);
  });
});

describe('who may look at an attempt, and who may act in it', () => {
  let id: string;
  beforeEach(async () => {
    id = (await createAttempt(test.db, ada, sampleLab())).id;
  });

  it('strangers, guests and instructors of others find nothing', async () => {
    const tess = await addUser(test.db, 'Tess', 'instructor');
    await createClass(test.db, tess, 'Others');
    for (const viewer of [await addUser(test.db, 'Bob'), await addUser(test.db, 'Gus', 'learner', true), tess]) {
      await expect(getAttempt(test.db, viewer, id), viewer.name).rejects.toMatchObject({ code: 'not-found' });
      await expect(getOwnAttempt(test.db, viewer, id), viewer.name).rejects.toMatchObject({ code: 'not-found' });
      await expect(getPinnedLab(test.db, viewer, id), viewer.name).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it("the learner's instructor and admins may look, not act", async () => {
    const tess = await addUser(test.db, 'Tess', 'instructor');
    const { id: classId } = await createClass(test.db, tess, 'Containers');
    await joinClass(test.db, ada, (await getClass(test.db, tess, classId)).joinCode ?? '');
    for (const viewer of [tess, await addUser(test.db, 'Root', 'admin')]) {
      expect((await getAttempt(test.db, viewer, id)).id).toBe(id);
      await expect(getOwnAttempt(test.db, viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(finishAttempt(test.db, viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(openStep(test.db, viewer, id, 'kill')).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await getAttempt(test.db, ada, id)).status).toBe('active');
  });
});

describe('steps', () => {
  it('are kept in order of opening, each once', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    await openStep(test.db, ada, id, 'look');
    await openStep(test.db, ada, id, 'kill');
    await openStep(test.db, ada, id, 'look');
    expect((await listSteps(test.db, ada, id)).map(step => step.step)).toEqual(['look', 'kill']);
    expect((await getAttempt(test.db, ada, id)).step).toBe('look');
  });

  it('have the baseline of the newest sandbox', async () => {
    const { id } = await createAttempt(test.db, ada, sampleLab());
    await openStep(test.db, ada, id, 'look');
    expect(await findBaseline(test.db, system, id, 'look')).toBeNull();
    await saveBaseline(test.db, system, id, 'look', 'aaaaaaaaaaaa', sampleFacts({ seq: 1 }));
    await saveBaseline(test.db, system, id, 'look', 'bbbbbbbbbbbb', sampleFacts({ seq: 2 }));
    expect(await findBaseline(test.db, system, id, 'look')).toEqual({
      sandboxId: 'bbbbbbbbbbbb',
      facts: sampleFacts({ seq: 2 }),
    });
  });
});
