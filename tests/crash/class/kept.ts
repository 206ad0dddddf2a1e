import type { AnswerValue } from '#domain/attempt/attempt.ts';

/** What a learner was told is done. Each of these must still be so after any kill. */
export interface Kept {
  steps: Set<string>;
  answers: Map<string, AnswerValue>;
  /** Tasks that were green once. */
  passed: Set<string>;
  /** Lines written to a file in the sandbox of this id, each seen to be there. */
  marks: { sandbox: string; lines: string[] };
}

export function nothingKept(): Kept {
  return { steps: new Set(), answers: new Map(), passed: new Set(), marks: { sandbox: '', lines: [] } };
}
