import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxStore } from './sandbox-store.ts';
import { recordOf } from './testing/records.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'store-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('the records on disk', () => {
  it('are read back as they were saved, until removed', () => {
    const store = createSandboxStore(path.join(folder, 'new'));
    store.save(recordOf('aaaaaaaaaaaa'));
    store.save(recordOf('aaaaaaaaaaaa', { attemptId: 'x' }));
    expect(store.load(() => {})).toEqual([recordOf('aaaaaaaaaaaa', { attemptId: 'x' })]);
    store.remove('aaaaaaaaaaaa');
    store.remove('aaaaaaaaaaaa');
    expect(store.load(() => {})).toEqual([]);
  });

  it('can be read by nobody else', () => {
    createSandboxStore(folder).save(recordOf('aaaaaaaaaaaa'));
    expect(fs.statSync(path.join(folder, 'aaaaaaaaaaaa.json')).mode & 0o077).toBe(0);
  });

  it('pass over what a crash left and what cannot be read', () => {
    const store = createSandboxStore(folder);
    store.save(recordOf('aaaaaaaaaaaa'));
    fs.writeFileSync(path.join(folder, 'bbbbbbbbbbbb.json'), '{"sandbox":');
    fs.writeFileSync(path.join(folder, 'cccccccccccc.json.new'), 'half');
    const broken: string[] = [];
    expect(store.load(file => broken.push(path.basename(file)))).toHaveLength(1);
    expect(broken).toEqual(['bbbbbbbbbbbb.json']);
    expect(fs.existsSync(path.join(folder, 'cccccccccccc.json.new'))).toBe(false);
  });
});
