import { describe, expect, it } from 'vitest';
import type { FileFact } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { makeContainer, makeFacts, makeFile } from '../testing/make-facts.ts';
import type { FileSpec } from './file-spec.ts';

const path = '/etc/docker/daemon.json';
const daemonJson =
  '{ "live-restore": true, "hosts": ["unix:///run/docker.sock"], "runtimes": { "crun": { "path": "/usr/bin/crun" } } }';
const absent: Partial<FileFact> = { kind: 'absent', content: null, bytes: null, mode: null, uid: null, gid: null };
const nested = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

describe('file: in the sandbox', () => {
  it.each<[Omit<FileSpec, 'path'>, Partial<FileFact>, string]>([
    [{}, {}, 'passed: `/etc/docker/daemon.json` is there'],
    [{}, absent, 'failed: `/etc/docker/daemon.json` is not there'],
    [{ absent: true }, absent, 'passed: `/etc/docker/daemon.json` is not there'],
    [{ absent: true }, {}, 'failed: `/etc/docker/daemon.json` is a file'],
    [{ kind: 'directory' }, {}, 'failed: `/etc/docker/daemon.json` is a file'],
    [{ kind: 'socket' }, { kind: 'socket', content: null }, 'passed: `/etc/docker/daemon.json` is a socket'],
    [{ contains: 'hell' }, {}, 'passed: `/etc/docker/daemon.json` contains `hell`'],
    [{ contains: ['hello', 'world'] }, {}, 'failed: `/etc/docker/daemon.json` does not contain `world`'],
    [{ lacks: 'hello' }, {}, 'failed: `/etc/docker/daemon.json` contains `hello`'],
    [{ lacks: 'bye' }, {}, 'passed: `/etc/docker/daemon.json` does not contain `bye`'],
    [{ equals: 'hello' }, {}, 'passed: `/etc/docker/daemon.json` contains exactly `hello`'],
    [{ equals: 'hell' }, {}, 'failed: `/etc/docker/daemon.json` contains `hello`'],
    [{ matches: 'h*o' }, { content: 'bye\r\nhello\r\n' }, 'passed: `/etc/docker/daemon.json` has a line like `h*o`'],
    [{ matches: 'ell' }, {}, 'failed: `/etc/docker/daemon.json` has no line like `ell`'],
    [
      { contains: 'a' },
      { kind: 'directory', content: null },
      'failed: `/etc/docker/daemon.json` is not a file, but a directory',
    ],
    [
      { contains: 'a' },
      { kind: 'refused', content: null },
      'failed: `/etc/docker/daemon.json` is not a plain file on a plain path',
    ],
    [
      { absent: true },
      { kind: 'refused', content: null },
      'failed: `/etc/docker/daemon.json` is there, but not as a plain file on a plain path, and is not followed',
    ],
    [{ mode: '0600' }, {}, 'failed: `/etc/docker/daemon.json` has mode 0644'],
    [{ mode: '4755' }, { mode: 0o104755 }, 'passed: `/etc/docker/daemon.json` has mode 04755'],
    [{ owner: '0:0' }, {}, 'passed: `/etc/docker/daemon.json` belongs to user 0, group 0'],
    [{ owner: '0:999' }, {}, 'failed: `/etc/docker/daemon.json` belongs to user 0, group 0'],
    [{ owner: '1000' }, { uid: 1000, gid: 5 }, 'passed: `/etc/docker/daemon.json` belongs to user 1000'],
    [{ maxSize: '1k' }, { bytes: 2048 }, 'failed: `/etc/docker/daemon.json` has 2 KiB'],
    [
      { json: { path: 'live-restore', equals: true } },
      { content: daemonJson },
      'passed: `/etc/docker/daemon.json` has `true` at `live-restore`',
    ],
    [
      { json: { path: 'hosts.0' } },
      { content: daemonJson },
      'passed: `/etc/docker/daemon.json` has a value at `hosts.0`',
    ],
    [
      { json: { path: 'runtimes.crun', equals: { path: '/usr/bin/crun' } } },
      { content: daemonJson },
      'passed: `/etc/docker/daemon.json` has `{"path":"/usr/bin/crun"}` at `runtimes.crun`',
    ],
    [
      { json: { path: 'runtimes.crun.path', equals: 'crun' } },
      { content: daemonJson },
      'failed: `/etc/docker/daemon.json` has `"/usr/bin/crun"` at `runtimes.crun.path`',
    ],
    [
      { json: [{ path: 'live-restore' }, { path: 'constructor' }] },
      { content: daemonJson },
      'failed: `/etc/docker/daemon.json` has no `constructor`',
    ],
    [{ json: { path: '0.0.0', equals: 1 } }, { content: nested }, 'failed: `/etc/docker/daemon.json` has'],
    [{ json: { path: 'a' } }, { content: '{' }, 'failed: `/etc/docker/daemon.json` is not valid JSON'],
  ])('%j', (fields, fact, expected) => {
    const now = makeFacts({ files: [makeFile({ path, ...fact })] });
    expect(said({ file: { path, ...fields } }, { now })).toContain(expected);
  });
});

describe('file: in a container', () => {
  const files = [makeFile({ path, content: 'outside' }), makeFile({ path, container: 'web', content: 'inside' })];
  const now = makeFacts({ containers: [makeContainer()], files });

  it('is another one than the sandbox has there', () => {
    const inside = find({ file: { path, of: 'web', contains: 'inside' } }, { now });
    expect([inside.outcome, inside.where]).toEqual(['passed', 'the file system of container `web`']);
    expect(find({ file: { path, contains: 'inside' } }, { now }).outcome).toBe('failed');
  });

  it('fails where there is no such container', () => {
    expect(said({ file: { path, of: 'db' } }, { now })).toBe(
      'failed: no container is named `db`; there is `web` (running)',
    );
  });
});

describe('file: what could not be seen is unknown', () => {
  it.each<[Omit<FileSpec, 'path'>, Partial<FileFact>, string]>([
    [{ contains: 'x' }, { truncated: true }, 'unknown: `/etc/docker/daemon.json` is too large to be read whole'],
    [{ lacks: 'x' }, { truncated: true }, 'unknown: `/etc/docker/daemon.json` is too large to be read whole'],
    [{ json: { path: 'a' } }, { truncated: true }, 'unknown: `/etc/docker/daemon.json` is too large to be read whole'],
    [{ contains: 'x' }, { content: null }, 'unknown: `/etc/docker/daemon.json` could not be read'],
    [{ mode: '0644' }, { mode: null }, 'unknown: `/etc/docker/daemon.json` does not tell its mode'],
    [{ owner: '0' }, { uid: null }, 'unknown: `/etc/docker/daemon.json` does not tell its owner'],
  ])('%j', (fields, fact, expected) => {
    expect(said({ file: { path, ...fields } }, { now: makeFacts({ files: [makeFile({ path, ...fact })] }) })).toBe(
      expected,
    );
  });

  it('but what the first part shows is certain', () => {
    const now = makeFacts({ files: [makeFile({ path, truncated: true })] });
    expect(find({ file: { path, contains: 'hello' } }, { now }).outcome).toBe('passed');
    expect(find({ file: { path, lacks: 'hello' } }, { now }).outcome).toBe('failed');
  });

  it('says why no file was read', () => {
    const now = makeFacts({ gaps: [{ part: 'files', reason: 'timed out' }] });
    expect(said({ file: { path, absent: true } }, { now })).toBe('unknown: the file could not be read: timed out');
    const reasons = ['/other: not this one', `${path}: container web does not run`];
    const several = makeFacts({ files: [], gaps: reasons.map(reason => ({ part: 'files', reason })) });
    expect(said({ file: { path } }, { now: several })).toBe(
      'unknown: the file could not be read: container web does not run',
    );
  });
});
