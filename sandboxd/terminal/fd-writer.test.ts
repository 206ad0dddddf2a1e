import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FdWriter } from './fd-writer.ts';

const { O_RDONLY, O_RDWR, O_NONBLOCK } = fs.constants;
let folder: string;
let input: number;
let output: number;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'belowdeck-fifo-'));
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  input = fs.openSync(fifo, O_RDWR | O_NONBLOCK);
  output = fs.openSync(fifo, O_RDONLY | O_NONBLOCK);
});
afterEach(() => {
  fs.closeSync(input);
  fs.closeSync(output);
  fs.rmSync(folder, { recursive: true });
});

function readAll(): Buffer {
  const buffer = Buffer.alloc(1 << 20);
  try {
    return buffer.subarray(0, fs.readSync(output, buffer));
  } catch {
    return Buffer.alloc(0);
  }
}

describe('FdWriter', () => {
  it('writes at once what is taken', () => {
    expect(new FdWriter(input).write(Buffer.from('hello'))).toBe(0);
    expect(readAll().toString()).toBe('hello');
  });

  it('keeps what is not taken, without blocking, and writes it in order later', async () => {
    const writer = new FdWriter(input);
    const drained: number[] = [];
    writer.onDrain(waiting => drained.push(waiting));
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    const waiting = writer.write(bytes.subarray(0, 200_000));
    expect(waiting).toBeGreaterThan(100_000);
    expect(writer.write(bytes.subarray(200_000))).toBe(waiting + 100_000);
    const got: Buffer[] = [];
    for (let total = 0; total < bytes.length; total = Buffer.concat(got).length) {
      got.push(Buffer.from(readAll()));
      await sleep(2);
    }
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
    await sleep(50);
    expect(drained.at(-1)).toBe(0);
  });

  it('writes nothing once it is closed', async () => {
    const writer = new FdWriter(input);
    writer.write(Buffer.alloc(200_000));
    writer.close();
    expect(writer.write(Buffer.from('late'))).toBe(0);
    while (readAll().length > 0);
    await sleep(60);
    expect(readAll()).toHaveLength(0);
  });
});
