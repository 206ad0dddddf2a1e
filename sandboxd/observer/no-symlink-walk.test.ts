import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRootOf, walk } from './no-symlink-walk.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'walk-'));
const secret = fs.mkdtempSync(path.join(os.tmpdir(), 'outside-'));
let rootFd: number;
const server = net.createServer();

beforeAll(async () => {
  fs.mkdirSync(path.join(root, 'run/sub'), { recursive: true });
  fs.writeFileSync(path.join(root, 'run/file'), 'inside');
  fs.writeFileSync(path.join(secret, 'file'), 'outside');
  fs.symlinkSync(secret, path.join(root, 'var'));
  fs.symlinkSync('/etc/passwd', path.join(root, 'run/link'));
  execFileSync('mkfifo', [path.join(root, 'run/fifo')]);
  await new Promise<void>(resolve => server.listen(path.join(root, 'run/docker.sock'), resolve));
  rootFd = fs.openSync(root, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
});
afterAll(() => {
  fs.closeSync(rootFd);
  server.close();
  fs.rmSync(root, { recursive: true });
  fs.rmSync(secret, { recursive: true });
});

/** Walks and closes what was found. */
function look(at: string) {
  const result = walk(rootFd, at);
  if (result.end === 'found') fs.closeSync(result.fd);
  return result;
}

describe('walk', () => {
  it('finds files, directories and sockets', () => {
    expect(look('/run/file')).toMatchObject({ end: 'found' });
    const socket = look('/run/docker.sock');
    expect(socket.end === 'found' && socket.stat.isSocket()).toBe(true);
  });

  it('names a FIFO without opening it, so that it cannot hang', () => {
    const fifo = look('/run/fifo');
    expect(fifo.end === 'found' && fifo.stat.isFIFO()).toBe(true);
  });

  it('follows no link, on the way or at the end', () => {
    expect(look('/var/file')).toEqual({ end: 'symlink', at: '/var', last: false });
    expect(look('/run/link')).toEqual({ end: 'symlink', at: '/run/link', last: true });
  });

  it('says absent for what is not there and for what lies below a file', () => {
    expect(look('/run/none')).toEqual({ end: 'absent' });
    expect(look('/run/file/below')).toEqual({ end: 'absent' });
  });

  it.each(['/run/../../etc/passwd', 'run/file', '/', '/run/./file', `/${'a/'.repeat(40)}`, '/run/fi\0le'])(
    'refuses %j',
    at => {
      expect(look(at).end).toBe('refused');
    },
  );

  it('leaks no descriptor, however it ends', () => {
    const open = () => fs.readdirSync('/proc/self/fd').length;
    const before = open();
    for (const at of ['/run/file', '/var/file', '/run/link', '/run/none', '/run/file/below', '/../x']) look(at);
    expect(open()).toBe(before);
  });

  it('starts at the root a process has', () => {
    const fd = openRootOf(process.pid);
    const found = walk(fd, '/proc');
    expect(found.end).toBe('found');
    if (found.end === 'found') fs.closeSync(found.fd);
    fs.closeSync(fd);
  });
});
