import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSettingsFile } from './settings-file.ts';

let folder: string;
const said: string[] = [];
const log = {
  info: (_fields: object, text: string) => said.push(text),
  error: (_fields: object, text: string) => said.push(text),
} as unknown as Parameters<typeof createSettingsFile>[1];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
  said.length = 0;
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

it('follows the file, and keeps what held when it cannot be used', () => {
  const file = path.join(folder, 'settings.json');
  const write = (text: string) => {
    fs.writeFileSync(`${file}.new`, text);
    fs.renameSync(`${file}.new`, file);
  };
  const settings = createSettingsFile(file, log);
  expect(settings().limits.pids).toBe(1024);
  write('{ "limits": { "pids": 512 } }');
  expect(settings().limits.pids).toBe(512);
  write('{ "limits": { "pids": "many" } }');
  expect(settings().limits.pids).toBe(512);
  expect(settings().limits.pids).toBe(512);
  expect(said).toEqual(['settings of sandboxes; new ones get them', 'settings cannot be used; those before stay']);
  fs.rmSync(file);
  expect(settings().limits.pids).toBe(1024);
});
