// npm run check: format and lint, types, import boundaries, dead code. Fast; needs no Docker.

import { checkStages } from './testing/check-stages.ts';
import { runStage, summarise } from './testing/stages.ts';

const results = [];
for (const stage of checkStages) results.push(await runStage(stage));
process.exit(summarise(results));
