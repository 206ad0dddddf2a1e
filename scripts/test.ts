// npm test: sets up what it needs and runs everything, fast stages first; ends with one line of counts.
// npm test -- --only unit|integration|security|labs|e2e|check runs one stage.
import { parseArgs } from 'node:util';
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith, Refusal } from './setup/refusal.ts';
import { checkStages } from './testing/check-stages.ts';
import { labStages } from './testing/lab-stages.ts';
import { ensureTestMachine, removeTestInstance, type TestNeeds } from './testing/machine.ts';
import { runStage, type Stage, summarise } from './testing/stages.ts';
import { vitestStage } from './testing/vitest-stage.ts';

interface Group extends TestNeeds {
  name: string;
  stages: () => readonly Stage[];
}

const nothing = { sandboxes: false, pages: false, browser: false };
const groups: readonly Group[] = [
  { ...nothing, name: 'check', stages: () => checkStages },
  {
    ...{ ...nothing, name: 'unit', postgres: true },
    stages: () => [vitestStage('unit tests', 'unit'), vitestStage('data on PostgreSQL', 'unit-postgresql')],
  },
  {
    ...{ name: 'integration', sandboxes: true, pages: true, browser: false, postgres: true },
    stages: () => [
      vitestStage('integration (real sandboxes)', 'integration'),
      vitestStage('integration on PostgreSQL', 'integration-postgresql'),
    ],
  },
  {
    ...{ name: 'security', sandboxes: true, pages: true, browser: false },
    stages: () => [vitestStage('security (attacks must fail)', 'security')],
  },
  { ...{ name: 'labs', sandboxes: true, pages: false, browser: false }, stages: () => labStages() },
  {
    ...{ name: 'e2e', sandboxes: true, pages: true, browser: true },
    stages: () => [vitestStage('in the browser', 'e2e')],
  },
];

try {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const chosen = groups.filter(group => only === undefined || group.name === only);
  if (chosen.length === 0)
    throw new Refusal(`There is no --only ${only}.`, `It takes one of: ${groups.map(group => group.name).join(', ')}`);
  const results = [];
  for (const group of chosen) {
    await ensureTestMachine(group, consoleReporter(process.stdout));
    for (const stage of group.stages()) results.push(await runStage(stage));
  }
  if (chosen.some(group => group.sandboxes)) await removeTestInstance();
  process.exitCode = summarise(results);
} catch (error) {
  endWith(error);
}
