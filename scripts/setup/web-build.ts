import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './images/content-hash.ts';
import type { Reporter } from './images/reporter.ts';
import { root } from './paths.ts';
import { run } from './run.ts';

const FOLDERS = ['app', 'components', 'domain', 'data', 'server', 'prisma'];
const FILES = ['package-lock.json', 'next.config.js', 'postcss.config.mjs', 'proxy.ts', 'tsconfig.json'];

/** Builds the pages when something they are made of changed. */
export async function ensureWebBuild(report: Reporter): Promise<void> {
  const files = FILES.filter(file => existsSync(join(root, file))).map(file => readFileSync(join(root, file), 'utf8'));
  const folders = FOLDERS.map(folder => join(root, folder)).filter(folder => existsSync(folder));
  const wanted = await contentHash(folders, files);
  const stamp = join(root, '.next/belowdeck-hash');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await report.step('Building the pages (next build, about a minute)', async progress => {
    const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: root,
      env,
      onLine: progress,
    });
    writeFileSync(stamp, wanted);
  });
}
