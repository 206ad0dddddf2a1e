import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  followSandboxSettings,
  probeSandboxSettings,
  readSandboxSettings,
  sandboxSettingsFile,
} from './sandbox-settings.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'sandbox-settings-'));
});
afterEach(() => rmSync(state, { recursive: true }));

describe('the operator’s file about sandboxes', () => {
  it('lies in the state folder, or where he says', () => {
    const named = { BELOWDECK_SANDBOXES: '/etc/belowdeck.json' };
    expect(sandboxSettingsFile({}, state)).toEqual({ path: join(state, 'sandboxes.json'), isNamed: false });
    expect(sandboxSettingsFile(named, state)).toEqual({ path: '/etc/belowdeck.json', isNamed: true });
  });

  it('may be missing', () => {
    const file = sandboxSettingsFile({}, state);
    expect(readSandboxSettings(file).settings.limits.pids).toBe(1024);
    expect(probeSandboxSettings(file)).toMatchObject({ ok: true, seen: expect.stringContaining('memory 1.5 GiB, ') });
    expect(probeSandboxSettings(file).seen).toContain('(by default)');
    expect(probeSandboxSettings(file).seen).toContain('poolMin 2, ');
  });

  it('is followed: told once it is there, not that it is not', async () => {
    const file = sandboxSettingsFile({}, state);
    const told: string[] = [];
    const stop = followSandboxSettings('nobody', file, text => told.push(text), 50);
    await sleep(300);
    expect(told).toEqual([]);
    writeFileSync(file.path, '{ "limits": { "pids": "lots" } }');
    await expect.poll(() => told, { timeout: 10_000 }).toHaveLength(1);
    expect(told[0]).toMatch(/pids.*What held before goes on to hold\./s);
    stop();
  });

  it('must be there when he says where', () => {
    const path = join(state, 'mine.json');
    const file = sandboxSettingsFile({ BELOWDECK_SANDBOXES: path }, state);
    expect(() => readSandboxSettings(file)).toThrow(`BELOWDECK_SANDBOXES names ${path}, which is not there`);
    expect(probeSandboxSettings(file)).toMatchObject({ ok: false, remedy: expect.stringContaining('Put it there') });
    writeFileSync(path, '{ "limits": { "pids": 500 } }');
    expect(readSandboxSettings(file).settings.limits.pids).toBe(500);
  });

  it('is shown in effect', () => {
    const file = sandboxSettingsFile({}, state);
    writeFileSync(file.path, '{ "limits": { "memory": "2GiB", "terminalRate": "1MiB/s" } }');
    const { seen } = probeSandboxSettings(file);
    expect(seen).toContain('memory 2 GiB, ');
    expect(seen).toContain('terminalRate 1 MiB/s');
    expect(seen).toContain(`(${file.path})`);
  });

  it('is refused with key, value and remedy', () => {
    const file = sandboxSettingsFile({}, state);
    writeFileSync(file.path, '{ "limits": { "memory": 2 } }');
    expect(() => readSandboxSettings(file)).toThrow(
      /sandboxes\.json cannot be used; nothing was changed\.\n {2}- limits: memory: 2 has no unit; write it like "1\.5 GiB"/,
    );
    expect(probeSandboxSettings(file)).toMatchObject({ ok: false, remedy: expect.stringContaining('operations.md') });
  });
});
