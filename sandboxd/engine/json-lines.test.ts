import { describe, expect, it } from 'vitest';
import { jsonLines, maxLineBytes } from './json-lines.ts';

async function collect(...chunks: string[]): Promise<unknown[]> {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const values: unknown[] = [];
  for await (const value of jsonLines(stream())) values.push(value);
  return values;
}

describe('jsonLines', () => {
  it('joins lines that arrive in pieces', async () => {
    expect(await collect('{"a":', '1}\n{"a"', ':2}\n')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('joins a character that arrives in pieces', async () => {
    const bytes = Buffer.from('"ü"\n');
    async function* stream() {
      yield bytes.subarray(0, 2);
      yield bytes.subarray(2);
    }
    for await (const value of jsonLines(stream())) expect(value).toBe('ü');
  });

  it('passes over lines that are not JSON', async () => {
    expect(await collect('nonsense\n1\n', `${'['.repeat(100)}\n2\n`)).toEqual([1, 2]);
  });

  it('keeps an unfinished last line to itself', async () => {
    expect(await collect('1\n2')).toEqual([1]);
  });

  it('refuses a line without end', async () => {
    const piece = 'x'.repeat(maxLineBytes / 2);
    await expect(collect(piece, piece, piece)).rejects.toThrow(/more than/);
    await expect(collect(`${piece}${piece}xx\n`)).rejects.toThrow(/a line of/);
  });
});
