import fc from 'fast-check';

/**
 * Text of any code points, unpaired surrogates among them, with those that matter over-represented. (fast-check's own
 * `binary` strings take a hundred times longer to make.)
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0xff }),
    fc.integer({ min: 0x2000, max: 0x206f }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.integer({ min: 0, max: 0x10ffff }),
  );
  return fc.array(codePoint, { maxLength }).map(points => points.map(point => String.fromCodePoint(point)).join(''));
}
