/** What the preflight's throw-away sandbox belongs to, in place of an attempt. */
export const preflightOwner = 'preflight';

/** Whether it is the preflight's own: no news of it is for anybody, and no learner has it. */
export function isThrowAway(record: { sandbox: { attemptId: string | null } }): boolean {
  return record.sandbox.attemptId === preflightOwner;
}
