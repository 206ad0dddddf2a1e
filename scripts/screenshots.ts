// npm run screenshots [-- --only NAME] [--docs]: every page, light and dark, on a phone and on a desk, into screenshots/.
// Fails on sideways overflow and on anything said on the console. --docs also renews the pictures of the README.
import { parseArgs } from 'node:util';
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith } from './setup/refusal.ts';
import { ensureTestMachine } from './testing/machine.ts';

try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, docs: { type: 'boolean', default: false } } });
  await ensureTestMachine({ sandboxes: true, pages: true, browser: true }, consoleReporter(process.stdout));
  // Later: it needs the database client, which the line above makes.
  const { takeScreenshots } = await import('./pictures/take-screenshots.ts');
  const problems = await takeScreenshots(values);
  for (const problem of problems) console.error(`✗ ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (error) {
  endWith(error);
}
