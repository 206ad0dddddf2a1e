import type { Viewer } from '#domain/access/viewer.ts';
import { type AnswerValue, answerValueSchema } from '#domain/attempt/attempt.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getAttempt, getOpenAttempt } from './attempts.ts';
import type { Db, Tx } from './db.ts';
import { inTurn } from './in-turn.ts';
import { toJson } from './json.ts';
import type { Actor, System } from './system.ts';

/** The newest answer to a question, and what was said about it. */
export interface AnswerRecord {
  question: string;
  value: AnswerValue;
  /** null: not judged yet. */
  correct: boolean | null;
  tries: number;
  feedback: string | null;
  revealed: string | null;
  answeredAt: number;
}

export interface Judgement {
  correct: boolean | null;
  feedback: string | null;
  revealed: string | null;
}

/** All answers of an attempt. */
export async function listAnswers(db: Tx, actor: Actor, attemptId: string): Promise<AnswerRecord[]> {
  await getAttempt(db, actor, attemptId);
  const rows = await db.answer.findMany({ where: { attemptId } });
  return rows.map(toRecord);
}

/**
 * Keeps an answer in place of the one before and counts the try. `once` (a prediction): a second answer is a
 * `conflict`, whichever of two tabs was later.
 */
export async function saveAnswer(
  db: Db,
  viewer: Viewer,
  attemptId: string,
  answer: { question: string; value: AnswerValue; once: boolean } & Judgement,
): Promise<AnswerRecord> {
  const { question, once } = answer;
  const judgement = wellFormed(answer);
  const given = answerValueSchema.parse(answer.value);
  const value = toJson(storable(given));
  return inTurn(db, `attempt:${attemptId}`, async tx => {
    await getOpenAttempt(tx, viewer, attemptId);
    const where = { attemptId_question: { attemptId, question } };
    const before = await tx.answer.findUnique({ where });
    if (before && once)
      throw new CodedError('conflict', `prediction ${question} was answered before`, {
        learnerMessage: 'You committed to a prediction already; it is kept as it was. Go on to see what happens.',
      });
    const now = new Date();
    const data = { value, ...judgement, answeredAt: now, tries: (before?.tries ?? 0) + 1 };
    const row = await tx.answer.upsert({ where, create: { attemptId, question, ...data }, update: data });
    await tx.attempt.update({ where: { id: attemptId }, data: { lastActiveAt: now } });
    return toRecord(row);
  });
}

/** Judges an answer that waited (a prediction at its reveal); null when there is none. */
export async function judgeAnswer(
  db: Db,
  _system: System,
  attemptId: string,
  question: string,
  judgement: Judgement,
): Promise<AnswerRecord | null> {
  return inTurn(db, `attempt:${attemptId}`, async tx => {
    const where = { attemptId_question: { attemptId, question } };
    if (!(await tx.answer.findUnique({ where }))) return null;
    return toRecord(await tx.answer.update({ where, data: wellFormed(judgement) }));
  });
}

/** Texts quote what was observed: half a surrogate pair is refused by databases, NUL refused or taken for the end. */
function storable<T>(text: T): T | string {
  return typeof text === 'string' ? text.toWellFormed().replaceAll('\0', '\ufffd') : text;
}

function wellFormed({ correct, feedback, revealed }: Judgement): Judgement {
  return { correct, feedback: storable(feedback), revealed: storable(revealed) };
}

type Row = Awaited<ReturnType<Tx['answer']['findUniqueOrThrow']>>;

function toRecord(row: Row): AnswerRecord {
  const { question, correct, tries, feedback, revealed } = row;
  const value = answerValueSchema.parse(row.value);
  return { question, value, correct, tries, feedback, revealed, answeredAt: row.answeredAt.getTime() };
}
