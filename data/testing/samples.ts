import type { Role, Viewer } from '#domain/access/viewer.ts';
import type { Outcome, TaskVerdict } from '#domain/check/verdict.ts';
import type { Facts } from '#domain/facts/facts.ts';
import type { Lab } from '#domain/lab/lab.ts';
import type { Db } from '../db.ts';

/** A stored account, as its viewer. */
export async function addUser(db: Db, name: string, role: Role = 'learner', guest = false): Promise<Viewer> {
  const id = name.toLowerCase();
  const email = `${id}@example.org`;
  await db.user.create({ data: { id, name, email, role, isAnonymous: guest } });
  return { userId: id, name, email, role, guest };
}

/** A lab of two steps and one task, as small as a lab can be. */
export function sampleLab(change: Partial<Lab> = {}): Lab {
  const step = { body: '', tasks: [], questions: [] };
  return {
    course: 'docker-engine',
    slug: 'client-and-daemon',
    title: 'Client and daemon',
    summary: 'Who does the work?',
    level: 'foundation',
    minutes: 20,
    image: 'engine',
    objectives: [],
    egress: false,
    steps: [
      { ...step, slug: 'look', title: 'Look' },
      { ...step, slug: 'kill', title: 'Kill' },
    ],
    hash: 'a'.repeat(64),
    ...change,
  };
}

/** A verdict of one check. */
export function sampleVerdict(outcome: Outcome, change: Partial<TaskVerdict> = {}): TaskVerdict {
  const check = {
    check: 'runs',
    outcome,
    expected: 'it runs',
    observed: outcome,
    where: 'the process table',
    at: 1_000,
  };
  return { task: 'start', outcome, checks: [check], at: 1_000, ...change };
}

/** Facts in which nothing was looked at. */
export function sampleFacts(change: Partial<Facts> = {}): Facts {
  const parts = { daemon: null, containerd: null, containers: null, images: null, processes: null };
  return {
    sandboxId: 'abcdefabcdef',
    at: 1_000,
    seq: 1,
    ...parts,
    events: null,
    files: null,
    cgroups: null,
    gaps: [],
    ...change,
  };
}
