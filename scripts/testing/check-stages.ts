import { join } from 'node:path';
import { root } from '../setup/paths.ts';
import type { Stage } from './stages.ts';

const bin = (name: string) => join(root, 'node_modules/.bin', name);

export const checkStages: readonly Stage[] = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings'] },
  { name: 'types', command: [bin('tsc'), '-p', root] },
  {
    name: 'import boundaries',
    command: [
      bin('depcruise'),
      '--config',
      join(root, 'boundaries.config.mjs'),
      'app',
      'components',
      'data',
      'domain',
      'sandboxd',
      'server',
      'scripts',
      'tests',
      'proxy.ts',
    ],
  },
  { name: 'dead code', command: [bin('knip')] },
];
