import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mirrorState } from './mirror-state.ts';

let folder: string;
const files = () => ({ cache: path.join(folder, 'cache'), preloaded: path.join(folder, 'preloaded') });
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mirror-state-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

it('is what its services wrote down', () => {
  fs.writeFileSync(files().cache, 'up 2048\n');
  fs.mkdirSync(files().preloaded);
  expect(mirrorState(files())).toEqual({ preloaded: true, cache: 'up', cacheBytes: 2_097_152 });
});

it('is off where nothing was written, or something strange', () => {
  expect(mirrorState(files())).toEqual({ preloaded: false, cache: 'off', cacheBytes: 0 });
  fs.writeFileSync(files().cache, 'sideways much');
  expect(mirrorState(files())).toEqual({ preloaded: false, cache: 'off', cacheBytes: 0 });
});
