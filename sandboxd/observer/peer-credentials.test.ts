import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connectUnix } from '../engine/unix-connect.ts';
import { peerPid } from './peer-credentials.ts';

it('names the process that listens, not the one that connects', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'peer-'));
  const file = path.join(folder, 's');
  const code = `require('net').createServer().listen(${JSON.stringify(file)}, () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(child.stdout, 'data');
    const socket = await connectUnix(file);
    expect(peerPid(socket)).toBe(child.pid);
    socket.destroy();
  } finally {
    child.kill();
    fs.rmSync(folder, { recursive: true });
  }
});

it('is null for a socket that is closed', async () => {
  const socket = new net.Socket();
  socket.destroy();
  expect(peerPid(socket)).toBeNull();
});
