import { describe, expect, it } from 'vitest';
import type { ContainerFact } from '#domain/facts/facts.ts';
import { find, said } from '../testing/find.ts';
import { makeContainer, makeFacts } from '../testing/make-facts.ts';
import type { ContainerSpec } from './container-spec.ts';

const MIB = 1024 ** 2;
const ports: ContainerFact['ports'] = [
  { container: 80, protocol: 'tcp', host: 8080 },
  { container: 443, protocol: 'tcp', host: null },
];
const mounts = [{ type: 'volume', source: 'data', destination: '/data', readOnly: true }];

describe('container: settings', () => {
  it.each<[ContainerSpec, Partial<ContainerFact>, string | true]>([
    [{ memory: '512m' }, { memoryBytes: 512 * MIB }, true],
    [{ memory: 536_870_912 }, { memoryBytes: 512 * MIB }, true],
    [{ memory: '512m' }, { memoryBytes: null }, 'has no memory limit'],
    [{ memory: '512m' }, { memoryBytes: 256 * MIB }, 'has a memory limit of 256 MiB'],
    [{ memory: 'none' }, { memoryBytes: null }, true],
    [{ memory: 'none' }, { memoryBytes: MIB }, 'has a memory limit of 1 MiB'],
    [{ cpus: '0.5' }, { cpus: 0.5 }, true],
    [{ cpus: 0.5 }, { cpus: 1.5 }, 'has a CPU limit of 1.5'],
    [{ pidsLimit: 20 }, { pidsLimit: 20 }, true],
    [{ pidsLimit: 20 }, { pidsLimit: null }, 'has no limit of processes'],
    [{ runtime: 'crun' }, { runtime: 'crun' }, true],
    [{ runtime: 'crun' }, {}, 'has runtime `runc`'],
    [{ restartPolicy: 'always' }, {}, 'has restart policy `no`'],
    [{ restartPolicy: 'no' }, { restartPolicy: '' }, true],
    [{ networkMode: 'bridge' }, { networkMode: 'default' }, true],
    [{ networkMode: 'host' }, {}, 'has network `bridge`'],
    [{ label: { role: 'web' } }, { labels: { role: 'web' } }, true],
    [{ label: { role: true } }, { labels: { role: 'any' } }, true],
    [{ label: { role: 'web' } }, { labels: { role: 'db' } }, 'has the label `role=db`'],
    [{ label: { toString: true as const } }, {}, 'has no label `toString`'],
    [{ env: { MODE: 'test' } }, { env: ['MODE=test'] }, true],
    [{ env: { MODE: 'test' } }, { env: ['MODE=a=b'] }, 'has the environment variable `MODE=a=b`'],
    [{ env: { MODE: true } }, { env: ['MODEL=1'] }, 'has no environment variable `MODE`'],
    [{ published: { container: 80, host: 8080 } }, { ports }, true],
    [{ published: { container: 80 } }, { ports }, true],
    [{ published: { container: 80, host: 80 } }, { ports }, 'publishes 80/tcp as 8080'],
    [{ published: { container: 443 } }, { ports }, 'publishes 80/tcp as 8080'],
    [{ published: { container: 80, protocol: 'udp' } }, { ports: [] }, 'publishes no port'],
    [{ mount: { destination: '/data', source: 'data', type: 'volume', readOnly: true } }, { mounts }, true],
    [
      { mount: { destination: '/data', readOnly: false } },
      { mounts },
      'has `data` (`volume`, read-only) mounted at `/data`',
    ],
    [{ mount: { destination: '/srv' } }, { mounts }, 'has nothing mounted at `/srv`'],
    [{ command: ['nginx', 'daemon off'] }, {}, true],
    [{ command: 'sleep' }, {}, 'has the command `nginx -g daemon off;`'],
    [{ exitCode: 0 }, { exitCode: 0 }, 'has been running for 12 s'],
    [{ exitCode: 0 }, { state: 'exited', exitCode: 0 }, true],
    [{ oomKilled: true }, {}, 'was not killed for lack of memory'],
    [{ tty: true }, { tty: true }, true],
    [{ tty: true }, {}, 'has no terminal'],
    [{ createdByCli: false }, {}, 'was created by the docker CLI'],
    [{ createdByCli: false }, { createdByCli: false }, true],
    [{ restartCount: { min: 1 } }, {}, 'was restarted by its policy 0 times'],
    [{ restartCount: 2 }, { restartCount: 2 }, true],
  ])('%j', (spec, fact, expected) => {
    const now = makeFacts({ containers: [makeContainer(fact)] });
    const container = { name: 'web', ...spec };
    if (expected === true) expect(find({ container }, { now }).outcome).toBe('passed');
    else expect(said({ container }, { now })).toBe(`failed: container \`web\` ${expected}`);
  });

  it('escapes what a learner wrote', () => {
    const now = makeFacts({ containers: [makeContainer({ image: 'a`\u202E\u001B[31mb' })] });
    expect(said({ container: { name: 'web', image: 'nginx' } }, { now })).toBe(
      'failed: container `web` is from image `a\\x60\\u{202E}\\x1B[31mb`',
    );
  });
});
