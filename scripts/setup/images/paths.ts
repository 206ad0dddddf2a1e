import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** Where Dockerfiles and what they copy lie. */
export const labImages = join(repository, 'lab-images');
/** State of this installation: never committed, removed by uninstall. */
export const stateFolder = join(repository, '.belowdeck');
