import { describe, expect, it } from 'vitest';
import { InputQueue } from './input-queue.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('InputQueue', () => {
  it('gives back in order, in pieces no larger than asked', () => {
    const queue = new InputQueue(100);
    queue.push(bytes('hello '));
    queue.push(bytes('world'));
    const pieces: string[] = [];
    for (let piece = queue.shift(4); piece; piece = queue.shift(4)) pieces.push(new TextDecoder().decode(piece));
    expect(pieces.join('')).toBe('hello world');
    expect(Math.max(...pieces.map(piece => piece.length))).toBe(4);
    expect(queue.length).toBe(0);
  });

  it('refuses the whole of what does not fit, and takes again when there is room', () => {
    const queue = new InputQueue(10);
    expect(queue.push(bytes('12345678'))).toBe(true);
    expect(queue.push(bytes('abc'))).toBe(false);
    expect(queue.length).toBe(8);
    queue.shift(8);
    expect(queue.push(bytes('abc'))).toBe(true);
  });

  it('sends again, in order, exactly what was not taken when the connection broke', () => {
    const queue = new InputQueue(100);
    const text = (max = 4) => {
      const pieces: string[] = [];
      for (let piece = queue.shift(max); piece; piece = queue.shift(max)) pieces.push(new TextDecoder().decode(piece));
      return pieces.join('');
    };
    for (const word of ['abc', 'defgh', 'i']) queue.push(bytes(word));
    expect(text()).toBe('abcdefghi');
    expect(queue.underWay).toBe(9);
    queue.confirm(2);
    expect([queue.underWay, queue.taken, queue.length]).toEqual([7, 2, 0]);
    queue.push(bytes('jk'));
    queue.resume(5);
    expect([queue.underWay, queue.taken, queue.length]).toEqual([0, 5, 6]);
    expect(text()).toBe('fghijk');
    queue.confirm(11);
    expect([queue.underWay, queue.taken]).toEqual([0, 11]);
    queue.resume(11);
    expect(text()).toBe('');
  });
});
