import type { PoolSettings } from '#domain/protocol/pool-settings.ts';
import type { FrontDesk } from '../pool/front-desk.ts';
import type { SandboxRegistry } from '../pool/sandbox-registry.ts';
import type { Suspension } from '../pool/suspension.ts';
import type { RpcHandlers } from './rpc-handlers.ts';

type PoolMethod =
  | 'sandbox.claim'
  | 'sandbox.of-attempt'
  | 'sandbox.extend'
  | 'sandbox.touch'
  | 'sandbox.suspend'
  | 'queue.keep'
  | 'queue.leave'
  | 'pool.announce'
  | 'pool.cancel';

/** Who gets a sandbox, when, and how long it lives. */
export function createPoolHandlers(deps: {
  desk: FrontDesk;
  registry: SandboxRegistry;
  suspension: Suspension;
  settings: () => PoolSettings;
  beforeHandOver: (claim: { attemptId: string; fresh: boolean }) => Promise<void>;
  now: () => number;
}): Pick<RpcHandlers, PoolMethod> {
  const { desk, registry, suspension, settings, beforeHandOver, now } = deps;
  return {
    'sandbox.claim': async input => {
      await beforeHandOver(input);
      return desk.admission.claim(input);
    },
    'sandbox.of-attempt': ({ attemptId }) => ({
      sandbox: registry.findByAttempt(attemptId)?.sandbox ?? null,
      ticket: desk.admission.tickets().find(ticket => ticket.attemptId === attemptId) ?? null,
    }),
    'sandbox.extend': ({ sandboxId, ttlMs }) => {
      registry.getLiving(sandboxId);
      suspension.seen(sandboxId);
      const expiresAt = now() + (ttlMs ?? settings().extendMinutes * 60_000);
      return registry.update(sandboxId, { expiresAt, activeAt: now() }).sandbox;
    },
    'sandbox.touch': ({ sandboxId, looking, ownerId }) => {
      const record = registry.getLiving(sandboxId);
      registry.touch(sandboxId);
      if (looking) suspension.seen(sandboxId);
      // A guest who made an account is another owner from then on.
      if (ownerId !== undefined && record.ownerId !== ownerId) registry.put({ ...registry.get(sandboxId), ownerId });
      return registry.get(sandboxId).sandbox;
    },
    'sandbox.suspend': ({ sandboxId }) => suspension.suspend(sandboxId).sandbox,
    'queue.keep': ({ attemptIds }) => {
      desk.queue.keep(attemptIds);
      return {};
    },
    'queue.leave': ({ attemptId }) => {
      desk.queue.remove(attemptId);
      return {};
    },
    'pool.announce': input => {
      desk.announcements.announce(input);
      desk.pool.fill();
      const found = desk.status().announced.find(one => one.id === input.id);
      if (!found) throw new Error(`announcement ${input.id} is not there`);
      return found;
    },
    'pool.cancel': ({ id }) => {
      desk.announcements.cancel(id);
      return {};
    },
  };
}
