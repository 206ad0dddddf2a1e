import { setTimeout as pause } from 'node:timers/promises';
import { type EngineClient, EngineError } from './engine-client.ts';
import { settled } from './engine-done.ts';
import {
  containerInspectSchema,
  containerListSchema,
  createdSchema,
  eventSchema,
  networkListSchema,
  versionSchema,
  volumeListSchema,
} from './engine-schemas.ts';
import { jsonLines } from './json-lines.ts';
import type { SandboxContainer, SandboxEngine, SandboxEvent } from './sandbox-engine.ts';
import { sandboxLabel, sandboxName } from './sandbox-names.ts';
import { containerBody, networkBody, type SandboxOptions, volumeBody } from './sandbox-template.ts';

const actions = ['start', 'die', 'oom', 'destroy'] as const;
/** A volume or network is "in use" for a moment after its container went. */
const REMOVE_TRIES = 20;
const REMOVE_PAUSE_MS = 50;

/** Sandboxes in the sandbox host's own Docker engine. */
export function createDockerSandboxEngine(docker: EngineClient): SandboxEngine {
  const filter = `filters=${encodeURIComponent(JSON.stringify({ label: [sandboxLabel] }))}`;

  async function create(options: SandboxOptions): Promise<{ containerId: string }> {
    try {
      const made = await Promise.allSettled([
        docker.send({ method: 'POST', path: '/networks/create', body: networkBody(options) }),
        docker.send({ method: 'POST', path: '/volumes/create', body: volumeBody(options) }),
      ]);
      for (const result of made) if (result.status === 'rejected') throw result.reason;
      const { Id } = await docker.json(createdSchema, {
        method: 'POST',
        path: `/containers/create?name=${sandboxName(options.id)}`,
        body: containerBody(options),
      });
      return { containerId: Id };
    } catch (error) {
      await remove(options.id).catch(() => {});
      throw error;
    }
  }

  async function remove(sandboxId: string): Promise<void> {
    const name = sandboxName(sandboxId);
    await gone(() => docker.send({ method: 'DELETE', path: `/containers/${name}?force=1&v=1` }));
    await Promise.all([
      gone(() => docker.send({ method: 'DELETE', path: `/networks/${name}` })),
      gone(() => docker.send({ method: 'DELETE', path: `/volumes/${name}?force=1` })),
    ]);
  }

  async function find(containerId: string): Promise<SandboxContainer | null> {
    try {
      const found = await docker.json(containerInspectSchema, { path: `/containers/${containerId}/json` });
      return {
        sandboxId: found.Config.Labels?.[sandboxLabel] ?? '',
        containerId: found.Id,
        running: found.State.Running,
        pid: found.State.Running && found.State.Pid > 0 ? found.State.Pid : null,
        exitCode: found.State.Running ? null : found.State.ExitCode,
        oomKilled: found.State.OOMKilled,
        imageId: found.Image,
      };
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return null;
      throw error;
    }
  }

  async function list(): Promise<SandboxContainer[]> {
    const rows = await docker.json(containerListSchema, { path: `/containers/json?all=1&${filter}` });
    const found = await Promise.all(rows.map(row => find(row.Id)));
    return found.filter(container => container !== null);
  }

  async function listIds(): Promise<string[]> {
    const [containers, networks, volumes] = await Promise.all([
      docker.json(containerListSchema, { path: `/containers/json?all=1&${filter}` }),
      docker.json(networkListSchema, { path: `/networks?${filter}` }),
      docker.json(volumeListSchema, { path: `/volumes?${filter}` }),
    ]);
    const all = [...containers, ...networks, ...(volumes.Volumes ?? [])];
    return [...new Set(all.map(row => row.Labels?.[sandboxLabel]).filter(id => id !== undefined))];
  }

  async function events(signal: AbortSignal, onEvent: (event: SandboxEvent) => void, onOpen: () => void) {
    const filters = { type: ['container'], event: actions, label: [sandboxLabel] };
    const path = `/events?filters=${encodeURIComponent(JSON.stringify(filters))}`;
    const stream = await docker.stream({ path }, signal);
    onOpen();
    for await (const line of jsonLines(stream)) {
      const event = eventSchema.safeParse(line).data;
      const sandboxId = event?.Actor.Attributes?.[sandboxLabel];
      const action = actions.find(known => known === event?.Action);
      if (event && sandboxId && action) onEvent({ sandboxId, containerId: event.Actor.ID, action });
    }
  }

  async function findImageId(reference: string): Promise<string | null> {
    try {
      return (await docker.json(createdSchema, { path: `/images/${reference}/json` })).Id;
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return null;
      throw error;
    }
  }

  return {
    create,
    start: id => settled(docker.send({ method: 'POST', path: `/containers/${id}/start` }), [304]),
    find,
    remove,
    listIds,
    list,
    events,
    findImageId,
    version: () =>
      docker.json(versionSchema, { path: '/version', timeoutMs: 1_000 }).then(
        v => v.Version,
        () => null,
      ),
    unpause: id =>
      settled(docker.send({ method: 'POST', path: `/containers/${id}/unpause`, timeoutMs: 2_000 }), [404, 409, 500]),
  };
}

/** Deletes until it is not there any more. 404 is done; "in use" and "removal in progress" are tried again. */
async function gone(remove: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await remove();
      return;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.status === 404) return;
      if (attempt === REMOVE_TRIES) throw error;
      await pause(REMOVE_PAUSE_MS);
    }
  }
}
