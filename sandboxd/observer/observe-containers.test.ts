import fs from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeEngine } from '../engine/testing/fake-engine.ts';
import { observeContainers } from './observe-containers.ts';
import { observeImages } from './observe-images.ts';
import { observerLimits } from './observer-limits.ts';

const inspect = JSON.parse(fs.readFileSync(new URL('./recorded/inspect-cli.json', import.meta.url), 'utf8'));
let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

async function clientOf(answer: Parameters<typeof fakeEngine>[0]) {
  const fake = await fakeEngine(answer);
  close = fake.close;
  return fake.client;
}
const listOf = (count: number) => Array.from({ length: count }, (_, i) => ({ Id: `c${i}`, Created: i }));

describe('observeContainers', () => {
  it('looks at the newest of too many, and says how many there are', async () => {
    const client = await clientOf(({ path }) =>
      path.includes('/containers/json')
        ? [200, listOf(300)]
        : [200, { ...inspect, Id: path.split('/')[2], Name: `/${path.split('/')[2]}` }],
    );
    const { value, gaps } = await observeContainers(client);
    expect(value).toHaveLength(observerLimits.maxContainers);
    expect(value[0]?.name).toBe('c299');
    expect(gaps).toEqual([{ part: 'containers', reason: '300 containers; only the newest 64 were looked at' }]);
  });

  it('takes one that went meanwhile for gone, and one it cannot read for a gap', async () => {
    const client = await clientOf(({ path }) => {
      if (path.includes('/containers/json')) return [200, listOf(4)];
      if (path.includes('c1')) return [404, { message: 'No such container' }];
      if (path.includes('c2')) return [200, { ...inspect, State: 'nonsense' }];
      if (path.includes('c3')) return [200, { ...inspect, Config: { ...inspect.Config, Env: ['x'.repeat(400_000)] } }];
      return [200, inspect];
    });
    const { value, gaps } = await observeContainers(client);
    expect(value.map(each => each.name)).toEqual(['cli']);
    expect(gaps.map(gap => gap.reason).sort()).toEqual([
      expect.stringMatching(/^container c2: unexpected answer at State/),
      expect.stringMatching(/^container c3: answered more than/),
    ]);
  });

  it('throws when the list itself cannot be read', async () => {
    const client = await clientOf(() => [500, { message: 'broken' }]);
    await expect(observeContainers(client)).rejects.toThrow('broken');
  });
});

describe('observeImages', () => {
  it('tells the newest, with missing tags as none', async () => {
    const client = await clientOf(() => [
      200,
      Array.from({ length: 200 }, (_, i) => ({ Id: `i${i}`, RepoTags: null, Created: i, Size: 5 })),
    ]);
    const { value, gaps } = await observeImages(client);
    expect(value).toHaveLength(observerLimits.maxImages);
    expect(value[0]).toEqual({ id: 'i199', tags: [], digests: [], createdAt: 199_000, bytes: 5 });
    expect(gaps).toHaveLength(1);
  });
});
