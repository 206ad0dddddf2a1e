import path from 'node:path';
import { parseArgs } from 'node:util';
import { problemText } from '#domain/lab/problem.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';

/** `npm run labs:check [-- --all]`: says what is wrong with the labs on disk, the first 20 problems or all of them. */
const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, dir: { type: 'string', default: 'labs' } },
});
const shownAtFirst = 20;
const catalog = loadCatalog(path.resolve(values.dir));
const problems = catalog.problems();
const shown = values.all ? problems : problems.slice(0, shownAtFirst);

for (const problem of shown) console.log(problemText({ ...problem, file: path.join(values.dir, problem.file) }));
if (problems.length > shown.length)
  console.log(`… and ${problems.length - shown.length} more: npm run labs:check -- --all`);
const labs = catalog.courses().flatMap(course => catalog.labs(course.slug));
console.log(`${labs.length} labs are well formed, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
