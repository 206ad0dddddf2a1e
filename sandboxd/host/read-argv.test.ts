import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hostLimits } from './host-limits.ts';
import { readArgv, splitArgv } from './read-argv.ts';

describe('readArgv', () => {
  it('reads a real process, empty arguments included', async () => {
    const child = spawn('sh', ['-c', 'sleep 5; :', '', 'x y'], { argv0: 'my shell' });
    await once(child, 'spawn');
    try {
      expect(await readArgv(child.pid ?? 0)).toEqual(['my shell', '-c', 'sleep 5; :', '', 'x y']);
    } finally {
      child.kill();
    }
  });

  it('is null for a process that is gone', async () => {
    expect(await readArgv(2 ** 22 + 1)).toBeNull();
  });
});

describe('splitArgv', () => {
  it('is empty for a kernel thread or a zombie', () => {
    expect(splitArgv(Buffer.alloc(0))).toEqual([]);
  });
  it('keeps no more arguments than the bound', () => {
    expect(splitArgv(Buffer.from('a\0'.repeat(1000)))).toHaveLength(hostLimits.maxArgs);
  });
});
