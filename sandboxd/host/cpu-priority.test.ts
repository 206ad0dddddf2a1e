import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCpuPriority } from './cpu-priority.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'priority-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

it.each([
  ['1', 'cpu/a', 'cpu.shares', '64'],
  ['2', 'a', 'cpu.weight', '6'],
] as const)('version %s: idle where the kernel can, else a low share', (version, folder, name, low) => {
  const file = (each: string) => path.join(root, folder, each);
  fs.mkdirSync(path.join(root, folder), { recursive: true });
  fs.writeFileSync(file(name), 'as it was');
  createCpuPriority(version, root).setBehind('/a', true);
  expect(fs.readFileSync(file(name), 'utf8')).toMatch(new RegExp(`^${low}`));
  fs.writeFileSync(file('cpu.idle'), '0');
  createCpuPriority(version, root).setBehind('/a', true);
  expect(fs.readFileSync(file('cpu.idle'), 'utf8')).toBe('1');
  createCpuPriority(version, root).setBehind('/a', false);
  expect(fs.readFileSync(file('cpu.idle'), 'utf8')).toBe('0');
  expect(() => createCpuPriority(version, root).setBehind('/none', true)).not.toThrow();
});
