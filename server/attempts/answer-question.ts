import { saveAnswer } from '#data/answers.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { AnswerValue, QuestionState } from '#domain/attempt/attempt.ts';
import { fitsQuestion, type Judgement, judgeAnswer, type LiveFact } from '#domain/attempt/judge-answer.ts';
import { toQuestionState } from '#domain/attempt/question-state.ts';
import { examineTask } from '#domain/check/evaluate.ts';
import { readFact } from '#domain/check/fact-query.ts';
import type { Bindings } from '#domain/check/kind.ts';
import { mergeNeeds, needsOf, needsOfQuery } from '#domain/check/needs.ts';
import type { Question, Step } from '#domain/lab/lab.ts';
import { CodedError, errorCodeOf } from '#domain/protocol/errors.ts';
import { type AttemptDeps, isLiving } from './attempt-deps.ts';
import type { LiveAttempt } from './live-attempt.ts';
import { takeBaseline } from './take-baseline.ts';

const notJudged: Judgement = { correct: null, feedback: null };

/** Keeps an answer and judges it; a prediction is only committed to. Must run inside the attempt's queue. */
export async function answerQuestion(
  deps: AttemptDeps,
  live: LiveAttempt,
  viewer: Viewer,
  id: string,
  value: AnswerValue,
): Promise<QuestionState> {
  const { question, step } = live.getQuestion(id);
  if (!fitsQuestion(question, value)) {
    throw new CodedError('bad-request', `answer to ${id} has the wrong form`, {
      learnerMessage: 'That is no answer to this kind of question. Nothing was kept. Answer again.',
    });
  }
  const { correct, feedback } =
    question.predict && question.reveal ? notJudged : await judge(deps, live, question, step, value);
  const kept = await saveAnswer(deps.db, viewer, live.id, {
    question: id,
    value,
    correct,
    feedback,
    revealed: null,
    once: question.predict,
  });
  live.setAnswer(id, kept);
  deps.onProgress(live.record);
  return toQuestionState(question, kept);
}

async function judge(deps: AttemptDeps, live: LiveAttempt, question: Question, step: Step, value: AnswerValue) {
  if (question.kind !== 'live') return judgeAnswer(question, value);
  return judgeAnswer(question, value, await readLive(deps, live, question, step));
}

/** Looks at the sandbox now; `of: <check>` in the question is bound by the step's tasks, as they are now. */
async function readLive(
  deps: AttemptDeps,
  live: LiveAttempt,
  question: Question & { kind: 'live' },
  step: Step,
): Promise<LiveFact> {
  const { sandbox } = live;
  if (!isLiving(sandbox)) return { known: false, reason: 'your sandbox is not running' };
  try {
    const baseline = await takeBaseline(deps, live, step, sandbox.id);
    const needs = mergeNeeds(
      needsOf(step.tasks, { baselineSeq: baseline?.facts.seq ?? null }),
      needsOfQuery(question.answer, step.tasks),
    );
    const facts = await deps.sandboxd.call('facts.get', { sandboxId: sandbox.id, needs });
    const context = { now: facts, baseline: baseline?.facts ?? null, answers: {} };
    const bindings: Bindings = Object.assign({}, ...step.tasks.map(task => examineTask(task, context).bindings));
    return readFact(question.answer, facts, bindings);
  } catch (error) {
    if (errorCodeOf(error) === 'internal') throw error;
    return { known: false, reason: 'your sandbox could not be looked at' };
  }
}
