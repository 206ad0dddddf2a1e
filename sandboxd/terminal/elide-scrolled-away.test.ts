import { SerializeAddon } from '@xterm/addon-serialize';
import headless from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { elideScrolledAway } from './elide-scrolled-away.ts';

const ROWS = 24;

/** The screen after these blocks. */
async function screenOf(blocks: readonly Buffer[]): Promise<string> {
  const terminal = new headless.Terminal({ cols: 80, rows: ROWS, scrollback: 0, allowProposedApi: true });
  const serializer = new SerializeAddon();
  terminal.loadAddon(serializer);
  for (const block of blocks) await new Promise<void>(resolve => terminal.write(block, resolve));
  return serializer.serialize();
}

const lines = (count: number, text = 'some words') =>
  Buffer.from(Array.from({ length: count }, (_, i) => `${i} ${text}\r\n`).join(''));

describe('elideScrolledAway', () => {
  it.each([
    ['plain lines', [], lines(5_000)],
    ['lines that wrap', [], lines(500, 'wide '.repeat(60))],
    ['an unfinished last line', [], Buffer.concat([lines(5_000), Buffer.from('$ and then')])],
    ['text after colours that are still on', [Buffer.from('\x1b[1;31mred ')], lines(5_000)],
    [
      'text after a sequence that was cut in two',
      [Buffer.from('before\x1b[3')],
      Buffer.concat([Buffer.from('4mblue'), lines(5_000)]),
    ],
    ['text inside the alternate screen', [Buffer.from('\x1b[?1049h\x1b[5;10r\x1b[7;1H')], lines(5_000)],
    ['multi-byte text', [], lines(5_000, 'naïf 漢字 🐳')],
    ['a title that never ends', [Buffer.from('\x1b]0;title')], lines(5_000)],
  ])('gives the same screen for %s', async (_name, before, block) => {
    const elided = elideScrolledAway(block, ROWS);
    expect(await screenOf([...before, elided])).toBe(await screenOf([...before, block]));
  });

  it('leaves out most of a flood', () => {
    expect(elideScrolledAway(Buffer.from('y\r\n'.repeat(80_000)), ROWS).length).toBeLessThan(1_000);
  });

  it.each([
    ['control sequences', Buffer.concat([lines(3_000), Buffer.from('\x1b[31m'), lines(3_000)])],
    ['a change of character set', Buffer.concat([lines(3_000), Buffer.from([0x0e]), lines(3_000)])],
    ['too few lines', Buffer.alloc(100_000, 'x')],
  ])('touches no block with %s', (_name, block) => {
    expect(elideScrolledAway(block, ROWS)).toBe(block);
  });
});
