/** Numbers of a PostgreSQL database. */
export const postgresLimits = {
  /** Connections of one web process, unless BELOWDECK_DATABASE_POOL says otherwise; a server has 100 by default. */
  poolSize: 10,
  /** How long to wait for a connection, at the start and when all are in use; milliseconds. */
  connectTimeoutMs: 10_000,
  /** Oldest major version that PostgreSQL's makers still mend; 15 is what the tests run on. */
  oldestVersion: 14,
} as const;
