import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts the relay in a process of its own. */
export async function startRelayProcess(upstream: string, token: string) {
  const file = fileURLToPath(new URL('relay-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, UPSTREAM: upstream, UPSTREAM_TOKEN: token },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const number = async () => Number((await lines.next()).value);
  const port = await number();
  return {
    url: `ws://127.0.0.1:${port}`,
    /** Resident memory, bytes. */
    async memory(): Promise<number> {
      child.stdin.write('\n');
      return number();
    },
    stop(): Promise<unknown> {
      const ended = new Promise(resolve => child.on('exit', resolve));
      child.stdin.end();
      return ended;
    },
  };
}
