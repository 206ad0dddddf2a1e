import { describe, expect, it } from 'vitest';
import type { ContainerFact, ProcessFact } from '#domain/facts/facts.ts';
import { corroborate } from './corroborate.ts';

const container = (id: string, state: ContainerFact['state'], pid: number | null) =>
  ({ id, state, pid }) as ContainerFact;
const process = (containerId: string | null, pid: number) => ({ containerId, pid }) as ProcessFact;
const ids = (list: ContainerFact[]) => list.map(one => one.id);

describe('corroborate', () => {
  it('believes a running container whose main process the kernel shows in its cgroup', () => {
    const { believed, contradicted } = corroborate(
      [container('a', 'running', 41)],
      [process('a', 41), process('a', 42)],
    );
    expect([ids(believed), ids(contradicted)]).toEqual([['a'], []]);
  });

  it.each([
    ['no such process', [process('b', 41)]],
    ['its PID belongs to the sandbox itself', [process(null, 41)]],
    ['another process in its cgroup, not the one named', [process('a', 99)]],
  ])('does not believe one with %s', (_why, processes) => {
    for (const state of ['running', 'paused'] as const) {
      expect(ids(corroborate([container('a', state, 41)], processes).contradicted)).toEqual(['a']);
    }
  });

  it('does not believe one that runs without any process', () => {
    expect(ids(corroborate([container('a', 'running', null)], []).contradicted)).toEqual(['a']);
  });

  it('asks no process of one that does not run', () => {
    const still = (['created', 'exited', 'dead', 'restarting', 'removing'] as const).map(state =>
      container(state, state, null),
    );
    expect(corroborate(still, [])).toEqual({ believed: still, contradicted: [] });
  });
});
