import dgram from 'node:dgram';
import { once } from 'node:events';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, inNetworkOf, judgeIpv6, knockTcp, knockUdp, openAll, type Probe } from './probe-sockets.ts';
import { startTicksOf } from './read-process.ts';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUp.splice(0)) each();
});

async function listening(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = net.createServer(socket => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => new Promise<void>(resolve => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, close };
}

async function outcomeOf(probe: Probe): Promise<string> {
  cleanUp.push(probe.close);
  for (let tries = 0; tries < 100 && probe.outcome() === 'silent'; tries++) await pause(5);
  return probe.outcome();
}

it('tells a listener from an address that refuses', async () => {
  const server = await listening();
  expect(await outcomeOf(knockTcp('127.0.0.1', server.port))).toBe('open');
  await server.close();
  expect(await outcomeOf(knockTcp('127.0.0.1', server.port))).toBe('refused');
});

it('hears nothing of a datagram that is taken, and of one that is not, that it was refused', async () => {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const taken = knockUdp('127.0.0.1', port);
  expect(await outcomeOf(taken)).toBe('silent');
  await new Promise<void>(resolve => socket.close(resolve));
  expect(await outcomeOf(knockUdp('127.0.0.1', port))).toBe('refused');
});

describe('nothing stays open', () => {
  const openFiles = () => fs.readdirSync('/proc/self/fd').length;
  const knock = { name: 'knock', open: () => knockTcp('127.0.0.1', 9) };

  it('when one of several sockets cannot be had', () => {
    const before = openFiles();
    const fails = () => {
      throw new Error('socket failed: errno 24');
    };
    expect(() => openAll([knock, knock, { name: 'one too many', open: fails }])).toThrow('errno 24');
    expect(openFiles()).toBe(before);
    const opened = openAll([knock, knock]);
    expect([openFiles(), opened.map(({ name }) => name)]).toEqual([before + 2, ['knock', 'knock']]);
    closeAll(opened);
    expect(openFiles()).toBe(before);
  });

  it('when the process to look from is gone', () => {
    const before = openFiles();
    expect(() => inNetworkOf({ pid: 2 ** 22 + 1, startTicks: 1 }, () => 'there')).toThrow('is gone');
    expect(openFiles()).toBe(before);
  });

  it('when another process has its number by now, nor is anything done in that one’s network', () => {
    const before = openFiles();
    let done = 0;
    const reused = { pid: process.pid, startTicks: (startTicksOf(process.pid) ?? 0) - 1 };
    expect(() => inNetworkOf(reused, () => done++)).toThrow('is gone');
    expect([done, openFiles()]).toEqual([0, before]);
  });

  it('when the number becomes another’s while the network is opened', () => {
    const before = openFiles();
    let done = 0;
    const startTicks = startTicksOf(process.pid) ?? 0;
    let asked = 0;
    // The first answer is the truth; then the number is somebody else's.
    const changing = {
      pid: process.pid,
      get startTicks() {
        return startTicks - asked++;
      },
    };
    expect(() => inNetworkOf(changing, () => done++)).toThrow('is gone');
    expect([asked, done, openFiles()]).toEqual([2, 0, before]);
  });
});

describe('what is heard after a ping to all IPv6 hosts', () => {
  const us = 'fe8000000000000000000000000000bd';
  const bridge = 'fe80000000000000004242fffe44bbae';
  /** An IPv6 packet with an ICMPv6 message of this type, about this address. */
  const frame = (type: number, from: string, to: string, about = '') =>
    Buffer.from(`60000000001c3aff${from}${to}${type.toString(16)}00000000000000${about}`, 'hex');
  const none = '0'.repeat(32);

  it('is no answer while a bridge asks whether its own new address is free', () => {
    const asking = frame(135, none, 'ff0200000000000000000001ff44bbae', bridge);
    expect(judgeIpv6([asking, frame(143, bridge, 'ff020000000000000000000000000016')])).toBe('silent');
  });

  it('is one when somebody looks for us, or answers', () => {
    expect(judgeIpv6([frame(135, bridge, 'ff0200000000000000000001ff0000bd', us)])).toBe('refused');
    expect(judgeIpv6([frame(129, bridge, us)])).toBe('open');
    expect(judgeIpv6([frame(129, bridge, us.replace('bd', 'be'))])).toBe('silent');
  });
});
