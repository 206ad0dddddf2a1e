import { describe, expect, it } from 'vitest';
import { Ring } from './ring.ts';

/** Everything from `offset` on, however often the ring wraps. */
function readAll(ring: Ring, offset: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = offset; at < ring.end; ) {
    const piece = ring.read(at, 1_000);
    pieces.push(piece.slice());
    at += piece.length;
  }
  return Buffer.concat(pieces);
}

/** Bytes whose value tells their offset (mod 251, which no power of two divides). */
function numbered(from: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (from + i) % 251);
}

describe('Ring', () => {
  it('keeps the newest bytes at their absolute offsets and hands out the older ones in order', () => {
    for (const capacity of [64, 1_000, 40_000]) {
      const ring = new Ring(capacity);
      const evicted: Uint8Array[] = [];
      let total = 0;
      for (let round = 0; round < 400; round++) {
        const length = (round * 7919) % (capacity * 2);
        ring.append(numbered(total, length), piece => evicted.push(piece.slice()));
        total += length;
        expect(ring.end).toBe(total);
        expect(ring.end - ring.start).toBe(Math.min(total, capacity));
        const gone = Buffer.concat(evicted.splice(0));
        expect(Buffer.from(gone).equals(numbered(ring.start - gone.length, gone.length))).toBe(true);
      }
      expect(Buffer.from(readAll(ring, ring.start)).equals(numbered(ring.start, capacity))).toBe(true);
    }
  });

  it('reads from the middle', () => {
    const ring = new Ring(100);
    ring.append(numbered(0, 250));
    expect([...ring.read(205, 3)]).toEqual([...numbered(205, 3)]);
  });

  it('gives nothing for an offset that it no longer or not yet holds', () => {
    const ring = new Ring(10);
    ring.append(numbered(0, 25));
    expect(ring.read(14, 5)).toHaveLength(0);
    expect(ring.read(25, 5)).toHaveLength(0);
    expect(ring.read(15, 5).length).toBeGreaterThan(0);
  });

  it('does not evict while it can still grow', () => {
    const ring = new Ring(512 * 1024);
    let evicted = 0;
    for (let i = 0; i < 100; i++) {
      ring.append(numbered(i * 5_000, 5_000), piece => {
        evicted += piece.length;
      });
    }
    expect(evicted).toBe(0);
    expect(ring.start).toBe(0);
  });
});
