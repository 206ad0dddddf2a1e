import { describe, expect, it } from 'vitest';
import { jsonDepth, maxJsonDepth, parseBoundedJson, UnreadableJson } from './json-bounds.ts';

describe('parseBoundedJson', () => {
  it('reads ordinary JSON', () => {
    expect(parseBoundedJson('{"a":[1,{"b":"]]]]"}]}')).toEqual({ a: [1, { b: ']]]]' }] });
  });

  it('counts depth outside strings only', () => {
    expect(jsonDepth('["[[[[\\"[[[",{"a":"{{{"}]')).toBe(2);
  });

  it('takes the deepest allowed nesting and no more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(Array.isArray(parseBoundedJson(nested(maxJsonDepth)))).toBe(true);
    expect(() => parseBoundedJson(nested(maxJsonDepth + 1))).toThrow(UnreadableJson);
    expect(() => parseBoundedJson(nested(10_000))).toThrow(/deeper than 64/);
    expect(() => parseBoundedJson('['.repeat(5_000_000))).toThrow(UnreadableJson);
  });

  it('says that text is not JSON', () => {
    expect(() => parseBoundedJson('<html>')).toThrow(/not JSON/);
  });
});
