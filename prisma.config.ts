import { defineConfig } from 'prisma/config';

const url = process.env.DATABASE_URL ?? 'file:.belowdeck/data/belowdeck.db';
const kind = url.startsWith('file:') ? 'sqlite' : 'postgresql';

/** For Prisma's own command line only; the app reads server/settings.ts. */
export default defineConfig({
  // The one for PostgreSQL is derived from the other (scripts/setup/postgres-schema.ts).
  schema: kind === 'sqlite' ? 'prisma/schema.prisma' : 'prisma/generated/postgresql.prisma',
  migrations: { path: `prisma/migrations/${kind}` },
  datasource: { url },
});
