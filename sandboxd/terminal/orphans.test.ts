import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { becomeSubreaper } from './libc.ts';
import { childrenOf, endOrphans } from './orphans.ts';

it('ends and collects what a killed program left behind', async () => {
  becomeSubreaper();
  const program = spawn('sh', ['-c', 'setsid sleep 100 & echo started; wait']);
  await once(program.stdout, 'data');
  await expect.poll(() => childrenOf(program.pid ?? 0)).toHaveLength(1);
  const [helper = 0] = childrenOf(program.pid ?? 0);
  const exited = once(program, 'exit');
  program.kill('SIGKILL');
  await exited;
  expect(fs.existsSync(`/proc/${helper}`)).toBe(true);
  await endOrphans([helper]);
  expect(fs.existsSync(`/proc/${helper}`)).toBe(false);
});

it('leaves alone what is not ours to collect', async () => {
  await endOrphans([2 ** 22 + 1]);
});
