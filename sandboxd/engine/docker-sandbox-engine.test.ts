import { afterEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '#domain/protocol/limits.ts';
import { createDockerSandboxEngine } from './docker-sandbox-engine.ts';
import type { SandboxEvent } from './sandbox-engine.ts';
import { type Asked, fakeEngine } from './testing/fake-engine.ts';

const id = 'abcdef012345';
const options = { id, image: 'belowdeck/engine:1', egress: false, limits: defaultLimits, rootUid: 100_000 };
let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

async function engineOf(answer: Parameters<typeof fakeEngine>[0]) {
  const fake = await fakeEngine(answer);
  close = fake.close;
  const what = (asked: Asked) => `${asked.method} ${asked.path}`;
  return { engine: createDockerSandboxEngine(fake.client), calls: () => fake.asked.map(what), asked: fake.asked };
}

describe('creating a sandbox', () => {
  it('makes network and volume, then the container', async () => {
    const { engine, calls } = await engineOf(() => [201, { Id: 'c0ffee' }]);
    expect(await engine.create(options)).toEqual({ containerId: 'c0ffee' });
    expect(calls().slice(0, 2).sort()).toEqual(['POST /networks/create', 'POST /volumes/create']);
    expect(calls()[2]).toBe(`POST /containers/create?name=belowdeck-${id}`);
  });

  it('leaves nothing of a sandbox that could not be made, and says why', async () => {
    const { engine, calls } = await engineOf(({ method, path }) =>
      path.startsWith('/containers/create') ? [500, { message: 'no space' }] : [method === 'DELETE' ? 204 : 201, {}],
    );
    await expect(engine.create(options)).rejects.toThrow('no space');
    expect(calls()).toEqual(
      expect.arrayContaining([
        `DELETE /containers/belowdeck-${id}?force=1&v=1`,
        `DELETE /networks/belowdeck-${id}`,
        `DELETE /volumes/belowdeck-${id}?force=1`,
      ]),
    );
  });
});

describe('removing a sandbox', () => {
  it('counts what is gone as done', async () => {
    const { engine } = await engineOf(() => [404, { message: 'no such thing' }]);
    await expect(engine.remove(id)).resolves.toBeUndefined();
  });

  it('waits for a removal under way and for a volume that is in use a moment longer', async () => {
    let tries = 0;
    const { engine } = await engineOf(({ path }) => {
      if (path.startsWith('/containers')) return ++tries < 3 ? [409, { message: 'in progress' }] : [404, {}];
      return path.startsWith('/volumes') && ++tries < 6 ? [409, { message: 'in use' }] : [204, undefined];
    });
    await expect(engine.remove(id)).resolves.toBeUndefined();
    expect(tries).toBe(6);
  });

  it('does not call it done when it is not', async () => {
    const { engine } = await engineOf(({ path }) =>
      path.startsWith('/volumes') ? [500, { message: 'busy' }] : [204, undefined],
    );
    await expect(engine.remove(id)).rejects.toThrow('busy');
  });
});

describe('finding sandboxes', () => {
  const labels = { Labels: { 'belowdeck.sandbox': id } };

  it('knows of one of which only a network or a volume is left', async () => {
    const { engine, calls } = await engineOf(({ path }) => {
      if (path.startsWith('/networks')) return [200, [{ Id: 'n', ...labels }]];
      if (path.startsWith('/volumes'))
        return [200, { Volumes: [{ Name: 'v', Labels: { 'belowdeck.sandbox': 'ff' } }] }];
      return [200, []];
    });
    expect((await engine.listIds()).sort()).toEqual([id, 'ff']);
    for (const call of calls()) expect(decodeURIComponent(call)).toContain('{"label":["belowdeck.sandbox"]}');
  });

  it('takes a container that went meanwhile for gone', async () => {
    const { engine } = await engineOf(({ path }) =>
      path.startsWith('/containers/json') ? [200, [{ Id: 'c', ...labels }]] : [404, { message: 'gone' }],
    );
    expect(await engine.list()).toEqual([]);
    expect(await engine.findImageId('none')).toBeNull();
  });

  it('tells a running one from one that ended', async () => {
    const state = { Running: true, Pid: 7, ExitCode: 0, OOMKilled: false };
    const { engine } = await engineOf(({ path }) => [
      200,
      {
        Id: 'c',
        Image: 'i',
        Config: labels,
        State: path.includes('dead') ? { ...state, Running: false, Pid: 0, ExitCode: 137 } : state,
      },
    ]);
    expect(await engine.find('alive')).toMatchObject({ sandboxId: id, running: true, pid: 7, exitCode: null });
    expect(await engine.find('dead')).toMatchObject({ running: false, pid: null, exitCode: 137 });
  });
});

describe('events', () => {
  it('are told for sandboxes only, until the engine goes', async () => {
    const event = (Action: string, Attributes: object) =>
      `${JSON.stringify({ Type: 'container', Action, Actor: { ID: 'c', Attributes } })}\n`;
    const { engine } = await engineOf((_, response) => {
      response.writeHead(200);
      const label = { 'belowdeck.sandbox': id };
      response.end(event('start', label) + event('rename', label) + event('die', {}) + event('die', label));
      return null;
    });
    const told: SandboxEvent[] = [];
    let opened = 0;
    await engine.events(
      new AbortController().signal,
      one => told.push(one),
      () => opened++,
    );
    expect(told).toEqual([
      { sandboxId: id, containerId: 'c', action: 'start' },
      { sandboxId: id, containerId: 'c', action: 'die' },
    ]);
    expect(opened).toBe(1);
  });
});
