import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateDir } from '../setup/paths.ts';
import type { Stage } from './stages.ts';

/** The labs as stages: well-formed, and proven in real sandboxes (every solution passes, every mutant is rejected). */
export function labStages(): readonly Stage[] {
  const reports = join(stateDir(), 'reports');
  const report = join(reports, 'labs.json');
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  return [
    { name: 'labs are well-formed', command: [process.execPath, join(root, 'scripts/labs-check.ts')] },
    {
      name: 'labs are proven',
      command: [process.execPath, join(root, 'scripts/labs-prove.ts'), '--json', report],
      counts() {
        const { passed, failed } = JSON.parse(readFileSync(report, 'utf8'));
        return { passed, failed };
      },
    },
  ];
}
