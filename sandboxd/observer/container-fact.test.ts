import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { containerFact, timeOf } from './container-fact.ts';
import { wasCreatedByCli } from './created-by-cli.ts';
import { type InnerInspect, innerInspectSchema } from './inner-schemas.ts';
import { observerLimits } from './observer-limits.ts';

/** Inspects of Docker 26.1.5: made by `docker create` with many options, and by a bare API call. */
function recorded(name: 'cli' | 'api'): InnerInspect {
  const file = new URL(`./recorded/inspect-${name}.json`, import.meta.url);
  return innerInspectSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

describe('containerFact', () => {
  it('tells everything that was asked of the docker CLI', () => {
    expect(containerFact(recorded('cli'))).toMatchObject({
      name: 'cli',
      image: 'nginx',
      state: 'running',
      exitCode: null,
      finishedAt: null,
      command: ['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;'],
      tty: false,
      createdByCli: true,
      labels: { x: 'y' },
      env: expect.arrayContaining(['A=b']),
      memoryBytes: 67_108_864,
      cpus: 0.5,
      pidsLimit: 20,
      runtime: 'runc',
      networkMode: 'bridge',
      restartPolicy: 'unless-stopped',
      ports: [{ container: 80, protocol: 'tcp', host: 8080 }],
      mounts: [{ type: 'volume', destination: '/data', readOnly: true }],
    });
  });

  it('tells a container that never ran, with no limits', () => {
    const fact = containerFact(recorded('api'));
    expect(fact).toMatchObject({ state: 'created', pid: null, exitCode: null, startedAt: null, createdByCli: false });
    expect([fact.memoryBytes, fact.cpus, fact.pidsLimit, fact.restartPolicy]).toEqual([null, null, null, 'no']);
  });

  it('tells the exit code of one that ended', () => {
    const inspect = recorded('cli');
    inspect.State = { ...inspect.State, Status: 'exited', ExitCode: 137, FinishedAt: '2026-01-02T03:04:05.678901234Z' };
    expect(containerFact(inspect)).toMatchObject({ exitCode: 137, pid: null, finishedAt: 1767323045678 });
  });

  it('bounds whatever a learner made long', () => {
    const inspect = recorded('cli');
    inspect.Config.Env = Array.from({ length: 5_000 }, (_, i) => `V${i}=${'x'.repeat(5_000)}`);
    inspect.Config.Labels = Object.fromEntries(inspect.Config.Env.map(text => [text, text]));
    const ports = Array.from({ length: 5_000 }, (_, i) => [`${i + 1}/tcp`, null] as const);
    inspect.NetworkSettings = { Ports: Object.fromEntries(ports) };
    const fact = containerFact(inspect);
    expect(fact.env).toHaveLength(observerLimits.maxEntries);
    expect(fact.env[0]).toHaveLength(observerLimits.maxText);
    expect(fact.ports).toHaveLength(observerLimits.maxEntries);
    expect(JSON.stringify(fact).length).toBeLessThan(300_000);
  });

  it('reads a quota as processors', () => {
    const inspect = recorded('api');
    inspect.HostConfig = { ...inspect.HostConfig, CpuQuota: 25_000, CpuPeriod: 50_000 };
    expect(containerFact(inspect).cpus).toBe(0.5);
  });
});

describe('wasCreatedByCli', () => {
  it('tells the two apart', () => {
    expect(wasCreatedByCli(recorded('cli'))).toBe(true);
    expect(wasCreatedByCli(recorded('api'))).toBe(false);
  });
});

describe('timeOf', () => {
  it('reads Docker’s "never" and nonsense as null', () => {
    expect(timeOf('0001-01-01T00:00:00Z')).toBeNull();
    expect(timeOf('soon')).toBeNull();
  });
});
