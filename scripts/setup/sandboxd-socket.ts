import { chmodSync, mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { platform } from 'node:os';
import { join } from 'node:path';
import { docker } from './images/docker-cli.ts';
import { SOCKET_NAME } from './images/sandbox-host-flags.ts';

/** The kernel's address of a unix socket has 108 bytes; with room for names that this one does not have yet. */
const MAX_PATH_BYTES = 100;
const ANSWER_MS = 2_000;

/**
 * The folder in which the sandboxd of an instance is to put its socket, made for its owner only. Undefined where a socket
 * of a container is not one of the machine, or could not have that name: then its port is the way.
 */
export async function makeSocketFolder(
  state: string,
  instance: string,
  machine = { platform: platform(), engine: () => docker(['info', '--format', '{{.OperatingSystem}}']) },
): Promise<string | undefined> {
  const folder = join(state, 'run', instance);
  if (machine.platform !== 'linux' || !canBeMounted(folder)) return undefined;
  // Its engine runs in a virtual machine.
  if ((await machine.engine()).includes('Docker Desktop')) return undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Docker makes a folder that is missing when it starts a container by itself: open to all, and of root.
    chmodSync(folder, 0o700);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return undefined;
    throw error;
  }
  return folder;
}

/** A colon ends a path for `docker run --volume`. */
function canBeMounted(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) < MAX_PATH_BYTES && !folder.includes(':');
}

/** The path of the socket in a folder, once a sandboxd has answered on it; ask when it answers on its port. */
export async function findSocket(folder: string | undefined): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const path = join(folder, SOCKET_NAME);
  return (await answers(path)) ? path : undefined;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise(resolve => {
    const request = get({ socketPath, path: '/healthz', signal: AbortSignal.timeout(ANSWER_MS) }, response => {
      resolve(response.statusCode === 200);
      response.destroy();
    });
    request.on('error', () => resolve(false));
  });
}
