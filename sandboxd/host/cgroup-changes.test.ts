import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lastCgroupChange } from './cgroup-changes.ts';

let top: string;
beforeEach(() => {
  top = fs.mkdtempSync(path.join(os.tmpdir(), 'cgroup-changes-'));
});
afterEach(() => fs.rmSync(top, { recursive: true }));

it('is newer after one was made or removed anywhere below, and the same when nothing was', async () => {
  fs.mkdirSync(path.join(top, 'docker/deep'), { recursive: true });
  const look = async () => {
    await sleep(15);
    return lastCgroupChange([top], 400);
  };
  const first = await look();
  expect(await look()).toBe(first);
  fs.mkdirSync(path.join(top, 'docker/deep/new'));
  const second = await look();
  expect(second).toBeGreaterThan(first);
  fs.rmdirSync(path.join(top, 'docker/deep/new'));
  expect(await look()).toBeGreaterThan(second);
});

it('cannot be hidden by setting times back', async () => {
  const before = await lastCgroupChange([top], 400);
  await sleep(15);
  fs.utimesSync(top, 1, 1);
  expect(await lastCgroupChange([top], 400)).toBeGreaterThan(before);
});

it('looks at no more folders than asked, and at none that is not there', async () => {
  for (let i = 0; i < 20; i++) fs.mkdirSync(path.join(top, `f${i}/inner`), { recursive: true });
  await sleep(15);
  const before = await lastCgroupChange([top], 1);
  fs.mkdirSync(path.join(top, 'f0/late'));
  expect(await lastCgroupChange([top], 1)).toBe(before);
  expect(await lastCgroupChange([top], 400)).toBeGreaterThan(before);
  expect(await lastCgroupChange([path.join(top, 'none')], 400)).toBe(0);
  expect(await lastCgroupChange([], 400)).toBe(0);
});
