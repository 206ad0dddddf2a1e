import fs from 'node:fs';
import {
  type GenuineExecutables,
  identityOf,
  type WatchedExecutable,
  watchedExecutables,
} from '../host/executable-identity.ts';
import { openRootOf, walk } from './no-symlink-walk.ts';

/** Identities of the lab image's programs in a sandbox that nobody has touched yet. Throws when its init is gone. */
export function recordGenuine(init: { pid: number }): GenuineExecutables {
  const genuine: GenuineExecutables = {};
  const rootFd = openRootOf(init.pid);
  try {
    for (const [name, path] of Object.entries(watchedExecutables)) {
      const found = walk(rootFd, path);
      if (found.end !== 'found') continue;
      const identity = identityOf(`/proc/self/fd/${found.fd}`);
      if (identity !== null) genuine[name as WatchedExecutable] = identity;
      fs.closeSync(found.fd);
    }
  } finally {
    fs.closeSync(rootFd);
  }
  return genuine;
}
