import { type Answers, parseAnswers, trySystemCalls } from '#sandboxd/preflight/escapes/system-calls.ts';
import type { Arena } from '../support/arena.ts';

/** As root of the attacker's sandbox. */
export const inSandbox = async (arena: Arena): Promise<Answers> => parseAnswers(await arena.attacker(trySystemCalls()));

/** The control: the same without the filter, with no more rights (a user namespace in the sandbox host). */
export const withoutFilter = async (arena: Arena): Promise<Answers> =>
  parseAnswers(await arena.outside(trySystemCalls('unshare --user --map-root-user perl -')));
