import { openStep } from '#data/attempt-steps.ts';
import {
  createAttempt,
  findActiveAttempt,
  finishAttempt,
  getAttempt,
  getOwnAttempt,
  touchAttempt,
} from '#data/attempts.ts';
import { system } from '#data/system.ts';
import { openHint, openSolution } from '#data/task-progress.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { StartAnswer } from '#domain/attempt/start-answer.ts';
import { toPublicLab } from '#domain/lab/to-public-lab.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { answerQuestion } from './answer-question.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import { AttemptRegistry, type OpenAttempt } from './attempt-registry.ts';
import { claimSandbox, endSandbox, getLivingSandbox, publishSandbox } from './attempt-sandbox.ts';
import type { AttemptService } from './attempt-service.ts';
import { createAttemptTerminals } from './attempt-terminals.ts';
import { beginSandbox } from './begin-sandbox.ts';
import { elsewhereOf } from './elsewhere.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { look } from './look.ts';
import { createPresence } from './presence.ts';
import { revealLater } from './reveal-later.ts';

export interface AttemptServiceOptions extends AttemptDeps {
  catalog: Pick<Catalog, 'lab'>;
}

/** The attempt service with its feed from /watch and its end. */
export interface RunningAttemptService extends AttemptService {
  registry: AttemptRegistry;
}

export function createAttemptService(options: AttemptServiceOptions): RunningAttemptService {
  const { db, catalog, sandboxd } = options;
  const registry = new AttemptRegistry(options);

  /** Somebody who may look. */
  const see = async (viewer: Viewer, id: string): Promise<OpenAttempt> => {
    await getAttempt(db, viewer, id);
    return registry.get(id);
  };

  /** The learner does something: one thing at a time per attempt, and it counts as activity. */
  const act = async <T>(
    viewer: Viewer,
    id: string,
    deed: (live: LiveAttempt, open: OpenAttempt) => Promise<T>,
  ): Promise<T> => {
    const { userId } = await getOwnAttempt(db, viewer, id);
    const open = await registry.get(id);
    return open.live.queue.run(async () => {
      // A guest who made an account took the attempt along.
      if (open.live.record.userId !== userId) open.live.record = { ...open.live.record, userId };
      await touchAttempt(db, system, id);
      options.onProgress(open.live.record);
      return deed(open.live, open);
    });
  };

  return {
    registry,

    async start(viewer, course, slug) {
      const active = await findActiveAttempt(db, viewer, course, slug);
      if (active) return (await registry.get(active.id)).live.view();
      const lab = catalog.lab(course, slug);
      if (!lab) throw new CodedError('not-found', `no lab ${course}/${slug}`);
      const attempt = await createAttempt(db, viewer, lab);
      const first = lab.steps[0]?.slug;
      if (first) await openStep(db, viewer, attempt.id, first);
      options.onProgress(attempt);
      return (await registry.get(attempt.id)).live.view();
    },

    view: async (viewer, id) => (await see(viewer, id)).live.view(),

    lab: async (viewer, id) => toPublicLab((await see(viewer, id)).live.lab),

    async opened(viewer, id) {
      const { live } = await see(viewer, id);
      const tasks = live.lab.steps.flatMap(step => step.tasks);
      return Object.fromEntries(
        tasks.map(task => {
          const { hintsOpened, solutionOpened } = live.taskState(task.id);
          return [
            task.id,
            { hints: task.hints.slice(0, hintsOpened), solution: solutionOpened ? task.solution : null },
          ];
        }),
      );
    },

    openStep: (viewer, id, slug) =>
      act(viewer, id, async (live, { watcher }) => {
        const step = live.getStep(slug);
        await openStep(db, viewer, id, slug);
        live.record = { ...live.record, step: slug };
        if (!live.stepsOpened.includes(slug)) live.stepsOpened = [...live.stepsOpened, slug];
        live.baselineTries = 0;
        live.publish({ type: 'attempt', attempt: live.view() });
        // The baseline belongs to this moment, so it is taken before the answer; when it cannot be, the watcher tries again.
        if (sandboxd.reachable) await look(options, live, step).catch(() => watcher.notice());
        return live.view();
      }),

    checkTask: (viewer, id, task) =>
      act(viewer, id, async live => {
        const { step } = live.getTask(task);
        getLivingSandbox(live);
        const verdicts = await look(options, live, step, task);
        const verdict = verdicts.find(one => one.task === task) ?? null;
        // An unknown look changes nothing that is kept, but whoever asked is told what could not be seen.
        return { ...live.taskState(task), verdict: verdict ?? live.taskState(task).verdict };
      }),

    openHint: (viewer, id, taskId) =>
      act(viewer, id, async live => {
        const { task } = live.getTask(taskId);
        if (task.hints.length === 0) throw new CodedError('not-found', `task ${taskId} has no hints`);
        const hintsOpened = await openHint(db, viewer, id, taskId, task.hints.length);
        live.setTask({ ...live.taskState(taskId), hintsOpened });
        return task.hints.slice(0, hintsOpened);
      }),

    openSolution: (viewer, id, taskId) =>
      act(viewer, id, async live => {
        const { task } = live.getTask(taskId);
        await openSolution(db, viewer, id, taskId);
        live.setTask({ ...live.taskState(taskId), solutionOpened: true });
        return task.solution;
      }),

    answer: (viewer, id, question, value) =>
      act(viewer, id, async (live, { watcher }) => {
        const state = await answerQuestion(options, live, viewer, question, value);
        const after = live.getQuestion(question).question.reveal?.after;
        const revealed = after ? await revealLater(options, live, question, after) : null;
        watcher.notice();
        return revealed ?? state;
      }),

    finish: (viewer, id) =>
      act(viewer, id, async live => {
        live.record = await finishAttempt(db, viewer, id);
        live.publish({ type: 'attempt', attempt: live.view() });
        options.onProgress(live.record);
        await endSandbox(options, live, 'finished').catch(error =>
          options.log.warn({ err: error, attempt: id }, 'the sandbox of a finished attempt could not be ended'),
        );
        return live.view();
      }),

    startSandbox: (viewer, id, giveUp = []) => act(viewer, id, (live, open) => claim(viewer, live, open, { giveUp })),

    resetSandbox: (viewer, id) => act(viewer, id, (live, open) => claim(viewer, live, open, { fresh: true })),

    extendSandbox: (viewer, id) =>
      act(viewer, id, async live => {
        const sandbox = await sandboxd.call('sandbox.extend', {
          sandboxId: getLivingSandbox(live).id,
        });
        live.sandbox = sandbox;
        publishSandbox(options, live);
        return sandbox;
      }),

    endSandbox: (viewer, id) => act(viewer, id, live => endSandbox(options, live, 'learner')),

    ...createAttemptTerminals({ sandboxd, see, act }),

    async subscribe(viewer, id, listener) {
      const { live, watcher } = await see(viewer, id);
      listener({ type: 'attempt', attempt: live.view() });
      const { sandbox, ticket, problem } = live;
      listener({ type: 'sandbox', sandbox, ticket, problem, host: sandboxd.reachable ? 'reachable' : 'unreachable' });
      if (live.ports) listener({ type: 'ports', ...live.ports });
      if (sandbox) listener({ type: 'fences', fences: live.fences.of(sandbox.id, options.now()) });
      const stop = live.listen(listener);
      const presence = createPresence(live, watcher, viewer.userId === live.record.userId);
      watcher.watched();
      return {
        visible: presence.set,
        stop() {
          stop();
          presence.set(false);
          if (!live.watched) watcher.unwatched();
        },
      };
    },
  };

  async function claim(
    viewer: Viewer,
    live: LiveAttempt,
    { watcher }: OpenAttempt,
    how: { fresh?: boolean; giveUp?: string[] },
  ): Promise<StartAnswer> {
    const claimed = await claimSandbox(options, live, how);
    if (claimed.answer === 'queued') return { sandbox: null, ticket: claimed.ticket, elsewhere: [] };
    if (claimed.answer === 'elsewhere')
      return { sandbox: null, ticket: null, elsewhere: await elsewhereOf(options, catalog, viewer, claimed.attempts) };
    await beginSandbox(options, registry, live, watcher);
    return { sandbox: claimed.sandbox, ticket: null, elsewhere: [] };
  }
}
