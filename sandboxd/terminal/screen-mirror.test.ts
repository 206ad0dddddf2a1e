import headless from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { ScreenMirror } from './screen-mirror.ts';

/** The rows of a terminal that was given these escape sequences. */
async function rowsOf(screen: string, cols: number, rows: number): Promise<string[]> {
  const terminal = new headless.Terminal({ cols, rows, allowProposedApi: true });
  await new Promise<void>(resolve => terminal.write(screen, resolve));
  return Array.from({ length: rows }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '');
}

describe('ScreenMirror', () => {
  it('shows what it was fed, in whatever pieces', async () => {
    const mirror = new ScreenMirror({ cols: 20, rows: 4 });
    const text = Buffer.from('\x1b[2;3Hhellö \x1b[1mworld\x1b[0m');
    for (const byte of text) mirror.feed(Uint8Array.of(byte), () => {});
    expect(mirror.offset).toBe(text.length);
    expect(await rowsOf(await mirror.snapshot(), 20, 4)).toEqual(['', '  hellö world', '', '']);
  });

  it('goes on after a snapshot', async () => {
    const mirror = new ScreenMirror({ cols: 20, rows: 2 });
    mirror.feed(Buffer.from('one'), () => {});
    await mirror.snapshot();
    mirror.feed(Buffer.from(' two'), () => {});
    expect(await rowsOf(await mirror.snapshot(), 20, 2)).toEqual(['one two', '']);
  });

  it('changes its size where the output did', async () => {
    const mirror = new ScreenMirror({ cols: 10, rows: 4 });
    mirror.resizeAt(14, 30, 4);
    mirror.feed(Buffer.from('0123456789AB\r\n0123456789AB'), () => {});
    expect(await rowsOf(await mirror.snapshot(), 30, 4)).toEqual(['0123456789AB', '0123456789AB', '', '']);
  });

  it('tells how much waits to be parsed, until it is', async () => {
    const mirror = new ScreenMirror({ cols: 80, rows: 24 });
    let parsed = 0;
    mirror.feed(Buffer.alloc(600_000, '\x1b[32mgreen\x1b[0m'), () => {
      parsed++;
    });
    expect(mirror.backlog).toBeGreaterThan(0);
    await mirror.snapshot();
    expect(mirror.backlog).toBe(0);
    expect(parsed).toBe(1);
  });
});
