// npm run bench: measures what docs/performance.md tells, ours and others in the same run. No time of day fails it; a
// measurement that cannot be made does, and a ratio or count of this very run that must hold and does not.
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { runBench } from '#tests/bench/run-bench.ts';
import { benchOptions } from './bench/bench-options.ts';
import { benchJson, benchTable, brokenAims } from './bench/bench-table.ts';
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith } from './setup/refusal.ts';
import { ensureTestMachine } from './testing/machine.ts';

try {
  const options = benchOptions(process.argv.slice(2));
  // With the figures on the standard output, everything else is said beside it.
  const report = consoleReporter(options.json === '-' ? process.stderr : process.stdout);
  // Pages built elsewhere are taken as they are.
  await ensureTestMachine(
    { sandboxes: true, pages: process.env.BELOWDECK_DIST_DIR === undefined, browser: true },
    report,
  );
  const { measurements, failures } = await runBench(options, report);
  const [processor] = cpus();
  const result = {
    at: new Date().toISOString(),
    machine: {
      processor: processor?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      node: process.versions.node,
    },
    rounds: options.rounds,
    measurements: benchJson(measurements),
    failures,
  };
  if (options.json === '-') console.log(JSON.stringify(result, null, 2));
  else {
    console.log(`\n${benchTable(measurements, options.markdown)}\n`);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  }
  for (const { group, error } of failures) console.error(`✗ ${group} could not be measured: ${error}`);
  const broken = brokenAims(measurements);
  for (const aim of broken) console.error(`✗ missed: ${aim}`);
  process.exitCode = failures.length > 0 || broken.length > 0 || measurements.length === 0 ? 1 : 0;
} catch (error) {
  endWith(error);
}
process.exit();
