import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateDir } from '../setup/paths.ts';
import type { Stage } from './stages.ts';
import { readVitestReport } from './vitest-report.ts';

/** A vitest project as a stage: its own output for people, its JSON report for the counts. Skipped tests count as failed. */
export function vitestStage(
  name: string,
  project: string,
  extra: readonly string[] = [],
  env: Record<string, string> = {},
): Stage {
  const report = join(stateDir(), 'reports', `${project}.json`);
  mkdirSync(join(stateDir(), 'reports'), { recursive: true });
  rmSync(report, { force: true });
  return {
    name,
    command: [
      process.execPath,
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...extra,
    ],
    env,
    counts: () => readVitestReport(readFileSync(report, 'utf8')),
  };
}
