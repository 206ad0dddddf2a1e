// npm run test:security: attacks on real sandboxes, all of which must fail.
// npm run test:security -- --weaken=<fence>: takes that fence away from a sandbox host of its own and requires that the
// attacks which it holds back now succeed: so the tests bite. That sandbox host is removed again. --weaken=all: each in turn.
import { type Fence, fences } from '#tests/security/support/attack.ts';
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith, Refusal } from './setup/refusal.ts';
import { ensureTestMachine, removeTestInstance } from './testing/machine.ts';
import { runStage, summarise } from './testing/stages.ts';
import { vitestStage } from './testing/vitest-stage.ts';
import { weakenAll, weakened } from './testing/weakened-run.ts';

function wanted(args: readonly string[]): Fence | 'all' | null {
  const [first] = args;
  if (first === undefined) return null;
  const named = ([...fences, 'all'] as const).find(name => first === `--weaken=${name}`);
  if (named && args.length === 1) return named;
  throw new Refusal(`"${args.join(' ')}" is not understood.`, `Nothing, or --weaken=${fences.join('|')}|all`);
}

try {
  const fence = wanted(process.argv.slice(2));
  await ensureTestMachine({ sandboxes: true, pages: fence === null, browser: false }, consoleReporter(process.stdout));
  if (fence === 'all') process.exitCode = await weakenAll();
  else if (fence) process.exitCode = await weakened(fence);
  else {
    const result = await runStage(vitestStage('security (attacks must fail)', 'security'));
    await removeTestInstance();
    process.exitCode = summarise([result]);
  }
} catch (error) {
  endWith(error);
}
