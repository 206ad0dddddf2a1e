import { expect, it } from 'vitest';
import { createLog } from './log.ts';
import { forCall } from './log-context.ts';

const token = 'a-token-of-at-least-32-characters';
function open() {
  const lines: string[] = [];
  return { lines, log: createLog({ logLevel: 'info', token }, { write: line => void lines.push(line) }) };
}

it('names the request of the web process that a line was written for, and takes no other word for it', () => {
  const { lines, log } = open();
  forCall('0123456789ab', () => log.info({ sandbox: 's' }, 'one'));
  for (const wrong of [undefined, '', 'x"}{', '0123456789abcdef', ['0123456789ab']])
    forCall(wrong, () => log.info('two'));
  expect(lines.map(line => JSON.parse(line).request)).toEqual(['0123456789ab', ...Array(5).fill(undefined)]);
});

it('never says its token, and spells out what would act on a terminal', () => {
  const { lines, log } = open();
  log.error({ err: new Error(`Bearer ${token} \u009b31m`) }, 'broke');
  expect(lines[0]).not.toContain(token);
  expect(lines[0]).toContain('\\u009b31m');
});
