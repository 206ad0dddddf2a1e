import { describe, expect, it } from 'vitest';
import {
  containerIdOf,
  parseCgroupPath,
  parseStat,
  parseStatus,
  placingControllers,
  unshiftUid,
} from './proc-texts.ts';

const sandbox = 'a'.repeat(64);
const inner = '0123456789abcdef'.repeat(4);

describe('parseStat', () => {
  const tail = '1 4321 4321 0 -1 4194560 2 0 0 0 1 0 0 0 20 0 1 0 987654 2000 300';

  it('reads PID, name, state, parent and start', () => {
    expect(parseStat(`4321 (tini) S ${tail}`)).toEqual({
      pid: 4321,
      comm: 'tini',
      state: 'S',
      ppid: 1,
      startTicks: 987654,
    });
  });

  it('is not fooled by a name that looks like the rest', () => {
    expect(parseStat(`4321 (x) R 99 (y) S ${tail}`)).toMatchObject({ comm: 'x) R 99 (y', state: 'S', ppid: 1 });
  });

  it('refuses other texts', () => {
    expect(parseStat('')).toBeNull();
    expect(parseStat('4321 (tini')).toBeNull();
    expect(parseStat('4321 (tini) S 1')).toBeNull();
  });
});

describe('parseStatus', () => {
  it('reads the effective uid and the PIDs of every namespace', () => {
    const text = 'Name:\tnginx\nUid:\t100000\t100101\t100000\t100000\nNSpid:\t7001\t250\t1\nThreads:\t1\n';
    expect(parseStatus(text)).toEqual({ uid: 100101, pids: [7001, 250, 1] });
  });

  it('refuses a text without them', () => {
    expect(parseStatus('Name:\tnginx\n')).toBeNull();
  });
});

describe('parseCgroupPath', () => {
  it('takes the pids hierarchy of version 1', () => {
    const text = `9:name=systemd:/docker/x\n8:pids:/docker/${sandbox}/docker/${inner}\n4:memory:/docker/y\n0::/\n`;
    expect(parseCgroupPath(text, placingControllers[1])).toBe(`/docker/${sandbox}/docker/${inner}`);
  });

  it('takes the one hierarchy of version 2', () => {
    expect(parseCgroupPath(`0::/docker/${sandbox}/init\n`, placingControllers[2])).toBe(`/docker/${sandbox}/init`);
  });

  it('finds a controller that shares its hierarchy', () => {
    expect(parseCgroupPath('2:cpu,cpuacct:/docker/z\n', placingControllers[1])).toBe('/docker/z');
  });
});

describe('containerIdOf', () => {
  it.each([
    [`/docker/${inner}`, inner],
    [`/docker/${inner}/sub`, inner],
    [`/system.slice/docker-${inner}.scope`, inner],
    ['/init', null],
    ['', null],
    [`/docker/${inner}0`, null],
  ])('%s', (path, id) => expect(containerIdOf(path)).toBe(id));
});

describe('unshiftUid', () => {
  const map = '         0     100000      65536\n';
  it('undoes the shift', () => {
    expect(unshiftUid(map, 100000)).toBe(0);
    expect(unshiftUid(map, 101000)).toBe(1000);
  });
  it('says nobody for a uid outside the map', () => {
    expect(unshiftUid(map, 0)).toBe(65534);
    expect(unshiftUid(map, 165536)).toBe(65534);
    expect(unshiftUid('', 5)).toBe(65534);
  });
});
