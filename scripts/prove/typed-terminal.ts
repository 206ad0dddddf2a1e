import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { decodeServerFrame, encodeAck, encodeInput } from '#domain/protocol/terminal-frames.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { endsWithPrompt, plainText } from './prompt.ts';
import { proveLimits } from './prove-limits.ts';

export interface TypedTerminal {
  /** Types the lines one after the other, each once the prompt is back; answers what was printed meanwhile. */
  type(text: string): Promise<string>;
  close(): void;
}

/** A real terminal of a sandbox, used as a learner uses it. Throws when no prompt appears. */
export async function openTerminal(sandboxd: SandboxdClient, sandboxId: string): Promise<TypedTerminal> {
  const { id } = await sandboxd.call('terminal.open', { sandboxId, cols: 120, rows: 40 });
  const socket = new WebSocket(sandboxd.terminalUrl(id, null), {
    headers: sandboxd.headers(),
    perMessageDeflate: false,
  });
  const decoder = new TextDecoder();
  let output = '';
  let heardAt = Date.now();
  let ended: string | null = null;
  socket.on('error', error => {
    ended = error.message;
  });
  socket.on('close', code => {
    ended ??= `the connection was closed (${code})`;
  });
  socket.on('message', (data: Buffer) => {
    const frame = decodeServerFrame(data);
    if (frame?.kind === 'output') {
      output += decoder.decode(frame.bytes, { stream: true });
      heardAt = Date.now();
      socket.send(encodeAck(frame.offset + frame.bytes.length));
    } else if (frame?.kind === 'state' && frame.state.type === 'snapshot') {
      output += frame.state.data;
    }
  });

  async function prompt(): Promise<void> {
    const deadline = Date.now() + proveLimits.promptMs;
    while (Date.now() - heardAt < proveLimits.quietMs || !endsWithPrompt(output)) {
      if (ended) throw new Error(`the terminal ended: ${ended}`);
      if (Date.now() > deadline) {
        throw new Error(
          `no prompt after ${proveLimits.promptMs / 1000} s; last seen: ${plainText(output).slice(-200)}`,
        );
      }
      await sleep(10);
    }
  }

  await prompt();
  return {
    async type(text) {
      output = '';
      // a backslash at the end of a line: the command goes on, and no prompt comes between
      for (const line of text.split(/(?<!\\)\n/)) {
        heardAt = Date.now();
        output += '\n';
        socket.send(encodeInput(new TextEncoder().encode(`${line.replaceAll('\n', '\r')}\r`)));
        await prompt();
      }
      return plainText(output);
    },
    close: () => socket.close(),
  };
}
