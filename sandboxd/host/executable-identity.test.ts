import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { identityOf, isGenuine } from './executable-identity.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'identity-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('identityOf', () => {
  it('tells a file from its copy and from its edited self', () => {
    const file = path.join(folder, 'dockerd');
    fs.writeFileSync(file, 'one');
    const first = identityOf(file);
    fs.copyFileSync(file, `${file}2`);
    expect(identityOf(`${file}2`)).not.toBe(first);
    expect(identityOf(file)).toBe(first);
    fs.writeFileSync(file, 'two');
    fs.utimesSync(file, 0, 0);
    expect(identityOf(file)).not.toBe(first);
  });

  it('is null for what is no regular file', () => {
    expect(identityOf(folder)).toBeNull();
    expect(identityOf(path.join(folder, 'none'))).toBeNull();
  });
});

describe('isGenuine', () => {
  const genuine = { dockerd: '1:2:3:4' };
  it('holds for the recorded file only', () => {
    expect(isGenuine('/usr/sbin/dockerd', '1:2:3:4', genuine)).toBe(true);
    expect(isGenuine('/tmp/dockerd', '1:2:3:5', genuine)).toBe(false);
    expect(isGenuine('/tmp/dockerd (deleted)', null, genuine)).toBe(false);
  });
  it('is false for a watched program that was never recorded', () => {
    expect(isGenuine('/usr/sbin/runc', '1:2:3:4', genuine)).toBe(false);
  });
  it('says nothing of other programs', () => {
    expect(isGenuine('/bin/busybox', '1:2:3:4', genuine)).toBeNull();
    expect(isGenuine(null, null, genuine)).toBeNull();
  });
});
