import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { freePort } from '#scripts/setup/free-port.ts';
import type { Line, LineSource } from '#tests/bench/support/line.ts';
import { PacedScreen } from '#tests/bench/support/paced-screen.ts';
import { stopProcess } from '#tests/support/processes.ts';
import { obtainTtyd } from './ttyd-package.ts';

/** ttyd's messages: one character, then the content. */
const kind = { input: '0', pause: '2', resume: '3', output: 0x30 };

/** ttyd's own page counts what waits to be drawn in lots of this many bytes, and stops ttyd at ten of them. */
const flow = { lotBytes: 100_000, pauseAbove: 10, resumeBelow: 4 };

/** ttyd 1.7.7 on a bash of this machine: the fastest terminal server there is. */
export async function ttyd(): Promise<LineSource & { pid: number }> {
  const { command, env } = await obtainTtyd();
  const port = await freePort();
  const [file = '', ...args] = command;
  const shell = ['bash', '--norc', '--noprofile'];
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn(file, [...args, '-i', '127.0.0.1', '-p', String(port), '-W', '-d', '0', ...shell], {
    env: { PATH, HOME, PS1: '$ ', ...env } as unknown as NodeJS.ProcessEnv,
    stdio: 'ignore',
  });
  await untilListening(port, () => child.exitCode === null);
  return {
    name: 'ttyd',
    pid: child.pid as number,
    open: ({ paced = false } = {}) => connect(port, paced),
    stop: () => stopProcess(child, 'SIGKILL'),
  };
}

function connect(port: number, paced: boolean): Promise<Line> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['tty'], { perMessageDeflate: false });
  const screen = new PacedScreen(paced);
  let [written, waiting] = [0, 0];
  socket.on('message', data => {
    const frame = data as Buffer;
    if (frame[0] !== kind.output) return;
    const bytes = frame.subarray(1);
    written += bytes.length;
    if (written < flow.lotBytes) return screen.write(bytes);
    written = 0;
    if (++waiting > flow.pauseAbove) socket.send(kind.pause);
    screen.write(bytes, () => {
      if (--waiting < flow.resumeBelow && socket.readyState === WebSocket.OPEN) socket.send(kind.resume);
    });
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      socket.send(Buffer.from(JSON.stringify({ AuthToken: '', columns: 120, rows: 40 })));
      resolve({
        write: text => socket.send(Buffer.from(kind.input + text)),
        onData: listener => screen.onShown(listener),
        async close() {
          socket.terminate();
        },
      });
    });
  });
}

async function untilListening(port: number, alive: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && alive(); tries++) {
    if ((await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.ok) return;
    await sleep(50);
  }
  throw new Error('ttyd does not start here');
}
