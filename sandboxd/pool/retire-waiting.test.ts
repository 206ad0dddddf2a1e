import { expect, it } from 'vitest';
import { retireWaiting } from './retire-waiting.ts';
import { memoryRegistry, recordOf } from './testing/records.ts';

it('ends outdated ones that wait, and leaves alone the one that a learner got meanwhile', async () => {
  const records = ['a', 'b', 'c', 'd'].map(letter => recordOf(letter.repeat(12)));
  const { registry } = memoryRegistry(records);
  const ended: string[] = [];
  await retireWaiting({
    waiting: () => registry.all().filter(({ sandbox }) => sandbox.state === 'ready' && sandbox.attemptId === null),
    isOutdated: ({ sandbox }) => !sandbox.id.startsWith('d'),
    ending: {
      async end(id) {
        ended.push(id);
        // While the first goes, somebody gets the second.
        if (ended.length === 1) registry.update('b'.repeat(12), { attemptId: 'learner' });
        return registry.update(id, { state: 'ended' });
      },
    },
  });
  expect(ended).toEqual(['a'.repeat(12), 'c'.repeat(12)]);
});
