// npm run test:crash: kills each process while a learner works; nothing may be lost, and everything comes back by itself.
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith } from './setup/refusal.ts';
import { ensureTestMachine } from './testing/machine.ts';
import { runStage, summarise } from './testing/stages.ts';
import { vitestStage } from './testing/vitest-stage.ts';

try {
  await ensureTestMachine({ sandboxes: true, pages: true, browser: true }, consoleReporter(process.stdout));
  process.exitCode = summarise([await runStage(vitestStage('crashes', 'crash'))]);
} catch (error) {
  endWith(error);
}
