import { migrate } from '#data/migrate.ts';
import { asChief, migratedTemplate, postgresUrl, testRole } from '#data/testing/test-database.ts';
import { startCluster } from './cluster.ts';

/** Vitest's global set-up of the projects that run on PostgreSQL: one server for all their files. */
export default async function start(): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  process.env.BELOWDECK_TEST_POSTGRES = cluster.url;
  try {
    await asChief(`CREATE ROLE "${testRole.name}" LOGIN PASSWORD '${testRole.password}'`);
    await asChief(`CREATE DATABASE "${migratedTemplate}" OWNER "${testRole.name}"`);
    await migrate(postgresUrl(migratedTemplate));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return () => cluster.stop();
}
