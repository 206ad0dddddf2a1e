import { WebSocket } from 'ws';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import { Guest } from '#tests/bench/support/guest.ts';

/** Somebody with the page of a step open, as the browser has it: the attempt's live socket, so that tasks are checked. */
export interface LearnerAtStep {
  guest: Guest;
  attempt: string;
  sandbox: string;
  onMessage(listener: (message: AttemptMessage, at: number) => void): void;
  close(): Promise<void>;
}

/** Epoch milliseconds with fractions: comparable with what a sandbox's daemon says. */
export const epochNow = () => performance.timeOrigin + performance.now();

export async function learnerAtStep(url: string, lab: string, step: string): Promise<LearnerAtStep> {
  const guest = await Guest.arrive(url);
  const { attempt, sandbox } = await guest.begin('docker-engine', lab);
  await guest.post(`/api/v1/attempts/${attempt}/steps/${step}`, {});
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/attempt/${attempt}`, { headers: guest.headers });
  const listeners: ((message: AttemptMessage, at: number) => void)[] = [];
  socket.on('message', data => {
    const at = epochNow();
    const message = JSON.parse(String(data)) as AttemptMessage;
    for (const listener of listeners) listener(message, at);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    guest,
    attempt,
    sandbox,
    onMessage: listener => listeners.push(listener),
    async close() {
      socket.terminate();
      await guest.post(`/api/v1/attempts/${attempt}/sandbox/end`, {});
    },
  };
}
