import { z } from 'zod';
import { CodedError } from '#domain/protocol/errors.ts';

/** Longest announcement: a sandbox that waits costs memory, and a class that is two hours late is another class. */
const mostMinutes = 120;
const mostLearners = 500;

const whole = (name: string, most: number) =>
  z.coerce
    .number({ error: `${name}: type a number. Nothing was announced.` })
    .int({ error: `${name}: type a whole number. Nothing was announced.` })
    .min(1, { error: `${name}: type at least 1. Nothing was announced.` })
    .max(most, { error: `${name}: type at most ${most}. Nothing was announced.` });

const formSchema = z.object({
  classId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  size: whole('Learners', mostLearners),
  minutes: whole('Minutes', mostMinutes),
});

/** What the form "A class is about to start" posted. Throws `bad-request` with a sentence for people. */
export function parseAnnouncement(texts: Record<string, string>): z.output<typeof formSchema> {
  const parsed = formSchema.safeParse(texts);
  if (parsed.success) return parsed.data;
  throw new CodedError('bad-request', z.prettifyError(parsed.error), {
    learnerMessage: parsed.error.issues[0]?.message,
  });
}
