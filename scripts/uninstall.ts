// npm run uninstall: removes everything Belowdeck put on this machine outside the checkout's source.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { removeImages } from './setup/images/remove-images.ts';
import { removeSandboxHost } from './setup/images/sandbox-host.ts';
import { root, stateDir } from './setup/paths.ts';
import { probeDocker } from './setup/preflight.ts';
import { endWith } from './setup/refusal.ts';
import { readSecrets } from './setup/secrets.ts';

async function confirmed(): Promise<boolean> {
  if (parseArgs({ options: { yes: { type: 'boolean' } } }).values.yes) return true;
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await ask.question(
    'This removes all accounts, classes, progress, sandboxes and images of Belowdeck. Type "remove" to go on: ',
  );
  ask.close();
  return answer.trim() === 'remove';
}

try {
  const state = stateDir();
  if (!(await confirmed())) {
    console.log('Nothing was removed.');
    process.exit(1);
  }
  if ((await probeDocker()).ok && existsSync(join(state, 'secrets'))) {
    await removeSandboxHost(readSecrets(state).instance);
    console.log('✓ sandbox host, its volumes and every sandbox removed');
    await removeImages();
    console.log('✓ images removed');
  }
  rmSync(join(root, '.next'), { recursive: true, force: true });
  // Node itself runs from below the state folder: it goes last.
  for (const entry of existsSync(state) ? readdirSync(state) : [])
    rmSync(join(state, entry), { recursive: true, force: true });
  console.log(
    '✓ database, secrets and logs removed. What is left is this checkout and node_modules: delete the folder.',
  );
} catch (error) {
  endWith(error);
}
