import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTicksOf } from '../host/read-process.ts';
import { observerLimits } from './observer-limits.ts';
import { readFileFact } from './read-file-fact.ts';

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'file-fact-')));
const self = { pid: process.pid, startTicks: startTicksOf(process.pid) ?? 0 };
const look = (at: string) => readFileFact(self, '0 0 4294967295', at, null);

beforeAll(() => {
  fs.writeFileSync(path.join(folder, 'small'), 'hello\n', { mode: 0o640 });
  fs.writeFileSync(path.join(folder, 'large'), 'x'.repeat(observerLimits.maxFileBytes + 10));
  fs.writeFileSync(path.join(folder, 'exact'), 'x'.repeat(observerLimits.maxFileBytes));
  fs.writeFileSync(path.join(folder, 'bytes'), Buffer.from([0xff, 0x00, 0x1b]));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('readFileFact', () => {
  it('tells content, size, mode and owner', () => {
    expect(look(`${folder}/small`)).toEqual({
      path: `${folder}/small`,
      container: null,
      kind: 'file',
      bytes: 6,
      mode: 0o640,
      uid: process.getuid?.(),
      gid: process.getgid?.(),
      content: 'hello\n',
      truncated: false,
    });
  });

  it('reads no more than the bound, and says so', () => {
    expect(look(`${folder}/large`)).toMatchObject({ truncated: true, bytes: observerLimits.maxFileBytes + 10 });
    expect(look(`${folder}/large`).content).toHaveLength(observerLimits.maxFileBytes);
    expect(look(`${folder}/exact`)).toMatchObject({ truncated: false });
  });

  it('keeps control characters for those who escape them', () => {
    expect(look(`${folder}/bytes`).content).toBe('\uFFFD\0\x1b');
  });

  it('opens nothing of the kernel’s own file systems', () => {
    expect(look('/proc/version')).toMatchObject({ kind: 'refused', content: null });
    expect(look('/sys/kernel/mm/transparent_hugepage/enabled').content ?? null).toBeNull();
  });

  it('throws for a process that is gone', () => {
    expect(() => readFileFact({ ...self, pid: 2 ** 22 + 1 }, '', '/etc/hostname', null)).toThrow();
  });

  it('throws for a number that another process has by now, and reads nothing of that one', () => {
    const before = { ...self, startTicks: self.startTicks - 1 };
    expect(() => readFileFact(before, '', `${folder}/small`, null)).toThrow('the process is gone');
  });
});
