// npm run test:crash: kills each process while a learner works, then any of them at random moments of a scripted class;
// nothing may be lost, and everything comes back by itself. -- --rounds N: so many random rounds; --seed N: a class again.
import { parseArgs } from 'node:util';
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith, Refusal } from './setup/refusal.ts';
import { ensureTestMachine } from './testing/machine.ts';
import { runStage, summarise } from './testing/stages.ts';
import { vitestStage } from './testing/vitest-stage.ts';

/** The options as settings of the tests. */
function settings(args: string[]): Record<string, string> {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
  for (const [name, value] of Object.entries(values))
    if (!/^\d{1,6}$/.test(value)) throw new Refusal(`--${name} ${value} is not a number.`, `Give one: --${name} 20`);
  return {
    ...(values.rounds ? { BELOWDECK_CRASH_ROUNDS: values.rounds } : {}),
    ...(values.seed ? { BELOWDECK_CRASH_SEED: values.seed } : {}),
  };
}

try {
  const env = settings(process.argv.slice(2));
  await ensureTestMachine({ sandboxes: true, pages: true, browser: true }, consoleReporter(process.stdout));
  process.exitCode = summarise([await runStage(vitestStage('crashes', 'crash', [], env))]);
} catch (error) {
  endWith(error);
}
