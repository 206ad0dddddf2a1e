/** Sequences that began before the block end within this many bytes of it. */
const HEAD_BYTES = 256;

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
/** In UTF-8 the C1 control characters begin with this byte. */
const C1_LEAD = 0xc2;

/**
 * Leaves out lines of plain text that have scrolled off a screen of `rows` rows by the end of the block: what remains
 * puts a terminal without scrollback into the same state at a fraction of the cost. Blocks with control sequences
 * come back as they are.
 */
export function elideScrolledAway(block: Buffer, rows: number): Buffer {
  if (block.length <= HEAD_BYTES * 2) return block;
  for (const byte of [ESC, SHIFT_OUT, SHIFT_IN, C1_LEAD]) if (block.includes(byte)) return block;
  let at = block.length;
  for (let line = 0; line < rows + 2; line++) {
    at = block.lastIndexOf('\r\n', at - 1, 'latin1');
    if (at <= HEAD_BYTES) return block;
  }
  return Buffer.concat([block.subarray(0, HEAD_BYTES), block.subarray(at)]);
}
