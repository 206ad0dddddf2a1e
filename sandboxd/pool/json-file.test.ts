import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createJsonFile } from './json-file.ts';

it('keeps what it was given, and says when what it finds is something else', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'json-file-'));
  const name = path.join(folder, 'sub', 'numbers.json');
  const broken: unknown[] = [];
  const file = createJsonFile(name, z.array(z.number()));
  expect(file.load(error => broken.push(error))).toBeNull();
  expect(broken).toEqual([]);
  file.save([1, 2]);
  expect(createJsonFile(name, z.array(z.number())).load(error => broken.push(error))).toEqual([1, 2]);
  fs.writeFileSync(name, '["three"]');
  expect(file.load(error => broken.push(error))).toBeNull();
  expect(broken).toHaveLength(1);
  fs.rmSync(folder, { recursive: true });
});
