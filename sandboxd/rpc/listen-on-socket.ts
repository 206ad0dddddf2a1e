import { once } from 'node:events';
import fs from 'node:fs/promises';
import type { Server } from 'node:net';

/**
 * Has a server listen on a unix socket too. What a killed predecessor left there goes first. Every user may connect: the
 * folder is mounted from the machine, and there only its owner gets into it.
 */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  await fs.rm(path, { force: true });
  await once(server.listen(path), 'listening');
  await fs.chmod(path, 0o666);
}
