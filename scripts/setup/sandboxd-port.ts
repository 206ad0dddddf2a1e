import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/**
 * The port on which this installation's sandboxd is published, chosen once and kept: it stays the same when the sandbox
 * host is restarted behind the web process's back.
 */
export async function sandboxdPort(state: string): Promise<number> {
  const file = join(state, 'sandboxd-port');
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (kept > 0) return kept;
  const port = await freePort();
  writeFileSync(file, String(port));
  return port;
}
