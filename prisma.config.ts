import { defineConfig } from 'prisma/config';

/** For Prisma's own command line only; the app reads server/settings.ts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations/sqlite' },
  datasource: { url: process.env.DATABASE_URL ?? 'file:.belowdeck/data/belowdeck.db' },
});
