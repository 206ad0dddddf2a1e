import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that Belowdeck keeps on the machine outside Docker: secrets, database, logs. */
export function stateDir(): string {
  return resolve(process.env.BELOWDECK_STATE ?? join(root, '.belowdeck'));
}
