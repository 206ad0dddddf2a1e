import { spawn } from 'node-pty';
import type { Line, LineSource } from '#tests/bench/support/line.ts';
import { PacedScreen } from '#tests/bench/support/paced-screen.ts';

/** The limit: bash on a pty of this very process, nothing in between. */
export function rawPty(): LineSource {
  return ptySource('raw pty', 'bash', ['--norc', '--noprofile']);
}

/** What most platforms do: a pty whose program is `docker exec -it`, into a container that runs. */
export function dockerExec(container: string): LineSource {
  return ptySource('docker exec', 'docker', ['exec', '-it', container, 'bash', '--norc', '--noprofile']);
}

function ptySource(name: string, file: string, args: string[]): LineSource {
  return {
    name,
    async open({ paced = false } = {}): Promise<Line> {
      const { PATH = '', HOME = '/' } = process.env;
      const pty = spawn(file, args, {
        cols: 120,
        rows: 40,
        name: 'xterm-256color',
        env: { PATH, HOME, PS1: '$ ' },
        encoding: null,
      });
      const screen = new PacedScreen(paced);
      let undrawn = 0;
      pty.onData(data => {
        const bytes = data as unknown as Uint8Array;
        undrawn += bytes.length;
        // Read no further than our own terminals do: 100 KB beyond what is drawn.
        if (paced && undrawn > 100_000) pty.pause();
        screen.write(bytes, () => {
          undrawn -= bytes.length;
          if (paced && undrawn < 5_000) pty.resume();
        });
      });
      return {
        write: text => pty.write(text),
        onData: listener => screen.onShown(listener),
        async close() {
          const gone = new Promise<void>(resolve => pty.onExit(() => resolve()));
          pty.kill('SIGKILL');
          await gone;
        },
      };
    },
    async stop() {},
  };
}
