import { describe, expect, it } from 'vitest';
import type { DaemonFact, Facts, ServiceFact } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { makeDaemon, makeFacts } from '../testing/make-facts.ts';
import type { DaemonSpec } from './daemon-spec.ts';

const dockerd = (fact: Partial<DaemonFact> = {}): Facts => makeFacts({ daemon: makeDaemon(fact) });
const containerd = (state: ServiceFact['state'], pid: number | null = 40): Facts =>
  makeFacts({ containerd: { state, pid, startTicks: pid && pid * 100 } });
const down = { state: 'down', pid: null, startTicks: null, version: null, reason: 'no process' } as const;
const silent = { state: 'silent', version: null, storageDriver: null, reason: 'connection refused' } as const;

describe('daemon: runs or not', () => {
  it.each<[string, DaemonSpec, Facts, string]>([
    ['up', { service: 'dockerd', running: true }, dockerd(), 'passed: `dockerd` is running (PID 50, version 26.1.5)'],
    ['down', { service: 'dockerd', running: true }, dockerd(down), 'failed: `dockerd` is not running'],
    [
      'silent',
      { service: 'dockerd', running: true },
      dockerd(silent),
      'unknown: `dockerd` runs (PID 50), but does not answer: connection refused',
    ],
    ['wanted down', { service: 'dockerd', running: false }, dockerd(down), 'passed: `dockerd` is not running'],
    ['still up', { service: 'dockerd', running: false }, dockerd(), 'failed: `dockerd` is running (PID 50)'],
    [
      'silent is not down',
      { service: 'dockerd', running: false },
      dockerd(silent),
      'failed: `dockerd` is running (PID 50)',
    ],
    [
      'containerd up',
      { service: 'containerd', running: true },
      containerd('up'),
      'passed: `containerd` is running (PID 40)',
    ],
    [
      'containerd down',
      { service: 'containerd', running: true },
      containerd('down', null),
      'failed: `containerd` is not running',
    ],
  ])('%s', (_, daemon, now, expected) => {
    expect(said({ daemon }, { now })).toBe(expected);
  });
});

describe('daemon: the same one or another', () => {
  const later = { pid: 900, startTicks: 90_000 };
  it.each<[string, DaemonSpec, Facts, Facts | null, string]>([
    [
      'restarted',
      { service: 'dockerd', restarted: true },
      dockerd(later),
      dockerd(),
      'passed: `dockerd` is running (PID 900, version 26.1.5)',
    ],
    [
      'same PID, later start',
      { service: 'dockerd', restarted: true },
      dockerd({ startTicks: 9 }),
      dockerd(),
      'passed: `dockerd` is running (PID 50, version 26.1.5)',
    ],
    [
      'the same',
      { service: 'dockerd', restarted: true },
      dockerd(),
      dockerd(),
      'failed: `dockerd` is the same process (PID 50) as when this step was opened',
    ],
    ['not back', { service: 'dockerd', restarted: true }, dockerd(down), dockerd(), 'failed: `dockerd` is not running'],
    [
      'not there before',
      { service: 'dockerd', restarted: true },
      dockerd(),
      dockerd(down),
      'failed: `dockerd` was not running when this step was opened',
    ],
    [
      'back, not answering',
      { service: 'dockerd', restarted: true },
      dockerd({ ...silent, ...later }),
      dockerd(),
      'unknown: `dockerd` was started anew and runs (PID 900), but does not answer: connection refused',
    ],
    [
      'unchanged',
      { service: 'dockerd', unchanged: true },
      dockerd(),
      dockerd(),
      'passed: `dockerd` is running (PID 50, version 26.1.5)',
    ],
    [
      'changed',
      { service: 'dockerd', unchanged: true },
      dockerd(later),
      dockerd(),
      'failed: `dockerd` runs as PID 900 now; PID 50 of when this step was opened is gone',
    ],
    [
      'no baseline',
      { service: 'dockerd', unchanged: true },
      dockerd(),
      null,
      'unknown: `dockerd` was not looked at when this step was opened',
    ],
    [
      'containerd',
      { service: 'containerd', restarted: true },
      containerd('up', 700),
      containerd('up'),
      'passed: `containerd` is running (PID 700)',
    ],
    [
      'unseen PID',
      { service: 'containerd', unchanged: true },
      containerd('up', null),
      containerd('up'),
      'unknown: `containerd` runs, but which process it is could not be seen',
    ],
  ])('%s', (_, daemon, now, baseline, expected) => {
    expect(said({ daemon }, { now, baseline })).toBe(expected);
  });
});

describe('daemon: settings', () => {
  it.each<[Partial<DaemonSpec>, string]>([
    [{ version: '26.*' }, 'passed: `dockerd` is running (PID 50, version 26.1.5)'],
    [{ version: '28.*' }, 'failed: `dockerd` has version `26.1.5`'],
    [{ storageDriver: 'btrfs' }, 'failed: `dockerd` has storage driver `overlay2`'],
    [{ liveRestore: true }, 'passed: `dockerd` is running (PID 50, version 26.1.5)'],
    [{ liveRestore: false }, 'failed: `dockerd` has live-restore on'],
    [{ runtime: 'runc' }, 'passed: `dockerd` is running (PID 50, version 26.1.5)'],
    [{ runtime: 'crun' }, 'failed: `dockerd` has the runtimes `runc` and `io.containerd.runc.v2`'],
    [{ defaultRuntime: 'crun' }, 'failed: `dockerd` has default runtime `runc`'],
  ])('%j', (fields, expected) => {
    expect(said({ daemon: { service: 'dockerd', ...fields } }, { now: dockerd() })).toBe(expected);
  });

  it('cannot be seen while the daemon is down or silent: unknown, not failed', () => {
    for (const now of [dockerd(silent), dockerd(down)]) {
      expect(find({ daemon: { service: 'dockerd', liveRestore: true } }, { now }).outcome).toBe('unknown');
    }
  });

  it('a condition that fails for sure decides over one that is not known', () => {
    expect(said({ daemon: { service: 'dockerd', running: true, liveRestore: true } }, { now: dockerd(down) })).toBe(
      'failed: `dockerd` is not running',
    );
  });
});

it('is unknown when the daemon was not looked at', () => {
  const now = makeFacts({ gaps: [{ part: 'daemon', reason: 'the sandbox ended' }] });
  expect(said({ daemon: { service: 'dockerd', running: false } }, { now })).toBe(
    'unknown: dockerd could not be looked at: the sandbox ended',
  );
  expect(find({ daemon: { service: 'containerd', running: true } }).outcome).toBe('unknown');
});
