import type { StartAnswer } from '#domain/attempt/start-answer.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { Measurement } from '#scripts/bench/measurement.ts';
import { Guest } from '#tests/bench/support/guest.ts';
import { promptOf } from '#tests/bench/support/line-driver.ts';
import { poolIsFull } from '#tests/bench/support/pool.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import type { Belowdeck } from '#tests/support/belowdeck.ts';
import { endAll } from '#tests/support/claim.ts';

/** A learner starts over with a fresh sandbox: from the request of the page to a prompt in the new one. */
export async function measureReset({ url, host }: Belowdeck, rounds: number): Promise<Measurement[]> {
  const client = host.client();
  const samples: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      // Somebody new each time: an account may reset a few times a minute only.
      const guest = await Guest.arrive(url);
      const { attempt, sandbox } = await guest.begin('docker-engine', 'process-tree');
      await poolIsFull(client);
      const began = performance.now();
      const answer = await guest.post<StartAnswer>(`/api/v1/attempts/${attempt}/sandbox/reset`, {});
      if (!answer.sandbox || answer.sandbox.id === sandbox) throw new Error('the reset gave no fresh sandbox');
      const [first] = await guest.get<TerminalInfo[]>(`/api/v1/attempts/${attempt}/terminals`);
      const id = first?.id ?? (await guest.openTerminal(attempt)).id;
      const line = await promptOf(Promise.resolve(attachLine(guest, attempt, id)));
      if (round > 0) samples.push(performance.now() - began);
      await line.line.close();
      await endAll(client);
    }
  } finally {
    await endAll(client);
    client.stop();
  }
  return [
    {
      id: 'reset',
      metric: '“Start over” to a prompt in a fresh sandbox, without the browser',
      unit: 'ms',
      samples,
      peers: [],
      aim: { text: 'p95 < 2000 ms', holds: own => own.p95 < 2_000 },
    },
  ];
}
