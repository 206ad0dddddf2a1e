import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { problemText } from '#domain/lab/problem.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';
import { flakeRate, summariseProofs } from './prove/proof.ts';
import { startProofHost } from './prove/proof-host.ts';
import { proofTable } from './prove/proof-table.ts';
import { proveLabs } from './prove/prove-labs.ts';
import { proveLimits } from './prove/prove-limits.ts';
import { proveOptions } from './prove/prove-options.ts';
import { consoleReporter } from './setup/images/reporter.ts';

/** In a log, where no line can be overwritten, a sign of life after so many. */
const quietEvery = 20;

/** `npm run labs:prove`: shows in real sandboxes that every solution passes and every wrong way is refused. */
async function main(): Promise<number> {
  const options = proveOptions(process.argv.slice(2));
  const catalog = loadCatalog(path.resolve(options.dir));
  for (const problem of catalog.problems()) console.error(problemText(problem));
  if (catalog.problems().length > 0) return 1;
  const all = catalog.courses().flatMap(course => catalog.labs(course.slug));
  const unknown = options.labs.filter(slug => !all.some(lab => lab.slug === slug));
  if (unknown.length > 0)
    throw new Error(`no such lab: ${unknown.join(', ')}; there are ${all.map(lab => lab.slug).join(', ')}`);
  const labs = options.labs.length === 0 ? all : all.filter(lab => options.labs.includes(lab.slug));

  const report = consoleReporter();
  const host = await startProofHost(options.instance, options.keep, report);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // ended early: nothing of ours stays behind
    process.once(signal, () => void host.release().finally(() => process.exit(130)));
  }
  try {
    const began = performance.now();
    let done = 0;
    const proofs = await report.step('Prove', progress =>
      proveLabs(host.sandboxd, labs, {
        repeat: options.repeat,
        parallel: proveLimits.parallel,
        onProof: proof => {
          done += 1;
          if (!process.stderr.isTTY && done % quietEvery === 0) report.note(`${done} shown so far`);
          progress(`${done}: ${proof.passed ? '✓' : '✗'} ${proof.lab} ${proof.what}`);
          if (!proof.passed) report.note(`✗ ${proof.lab} / ${proof.step} / ${proof.what}: ${proof.seen}`);
        },
      }),
    );
    const summaries = summariseProofs(proofs);
    const passed = summaries.filter(({ passes, runs }) => passes === runs).length;
    const result = {
      passed,
      failed: summaries.length - passed,
      flakeRate: flakeRate(summaries),
      repeat: options.repeat,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      summaries,
    };
    if (options.json !== '-') console.log(proofTable(result));
    if (options.json === '-') console.log(JSON.stringify(result, null, 2));
    else if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
    return result.failed === 0 && result.passed > 0 ? 0 : 1;
  } finally {
    await host.release();
  }
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 1;
});
