import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { hostLimits } from './host-limits.ts';
import { readArgv, splitArgv } from './read-argv.ts';

describe('readArgv', () => {
  it('reads a real process, empty arguments included', async () => {
    const child = spawn('sh', ['-c', 'sleep 5; :', '', 'x y'], { argv0: 'my shell' });
    await once(child, 'spawn');
    try {
      expect(await readArgv(child.pid ?? 0, 'one')).toEqual(['my shell', '-c', 'sleep 5; :', '', 'x y']);
    } finally {
      child.kill();
    }
  });

  it('gives up on a process that holds the reader up, and asks no further one of its sandbox meanwhile', async () => {
    const reads: ((error: null, length: number) => void)[] = [];
    // Only the kernel's own lock makes a read of /proc wait, so the wait is forced.
    const read = vi.spyOn(fs, 'read').mockImplementation(((...args: unknown[]) => {
      reads.push(args.at(-1) as (typeof reads)[number]);
    }) as typeof fs.read);
    try {
      expect(await readArgv(process.pid, 'crowded')).toBeNull();
      expect(await readArgv(process.pid, 'crowded')).toBeNull();
      expect(reads).toHaveLength(1);
      const neighbour = readArgv(process.pid, 'neighbour');
      expect(reads).toHaveLength(2);
      for (const end of reads) end(null, 0);
      expect(await neighbour).toEqual([]);
      const again = readArgv(process.pid, 'crowded');
      expect(reads).toHaveLength(3);
      reads[2]?.(null, 0);
      expect(await again).toEqual([]);
    } finally {
      read.mockRestore();
    }
  });

  it('is null for a process that is gone', async () => {
    expect(await readArgv(2 ** 22 + 1, 'one')).toBeNull();
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
