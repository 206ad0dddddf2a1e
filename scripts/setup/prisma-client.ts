import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentHash } from './images/content-hash.ts';
import type { Reporter } from './images/reporter.ts';
import { root } from './paths.ts';
import { postgresSchema } from './postgres-schema.ts';
import { run } from './run.ts';

/**
 * Generates the database clients, one per kind of database, when the models changed. Needs no network: the schema engine
 * is not used by `generate`.
 */
export async function ensurePrismaClient(report: Reporter): Promise<void> {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
  const forPostgres = postgresSchema(schema);
  const wanted = await contentHash([], [schema, forPostgres]);
  const stamp = join(root, 'prisma/generated/.hash');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await report.step('Generating the database clients', async progress => {
    mkdirSync(dirname(stamp), { recursive: true });
    const derived = join(root, 'prisma/generated/postgresql.prisma');
    writeFileSync(derived, forPostgres);
    // Prisma would download its schema engine first; `generate` works without one.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' };
    for (const file of [join(root, 'prisma/schema.prisma'), derived])
      await run(join(root, 'node_modules/.bin/prisma'), ['generate', '--schema', file], {
        cwd: root,
        env,
        onLine: progress,
      });
    writeFileSync(stamp, wanted);
  });
}
