import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readLabImage } from './lab-image.ts';

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'lab-image-')), 'engine-image');
afterAll(() => fs.rmSync(path.dirname(file), { recursive: true }));
const engine = { findImageId: async (name: string) => (name === 'belowdeck/engine:1' ? 'sha256:1' : null) };

it.each([
  ['belowdeck/engine:1\n', 'belowdeck/engine:1'],
  ['belowdeck/engine:2\n', null],
  ['../../version', null],
  ['a b', null],
  ['', null],
])('names the image only when it is one and is there: %j', async (text, expected) => {
  fs.writeFileSync(file, text);
  expect(await readLabImage(file, engine)).toBe(expected);
});

it('is none before set-up has named one', async () => {
  expect(await readLabImage(`${file}-none`, engine)).toBeNull();
});
