import type { Viewer } from '#domain/access/viewer.ts';

/** The platform itself: the attempt runner, the gateway, the command line. Functions that take it say so by type. */
export interface System {
  readonly actor: 'system';
}
export const system: System = Object.freeze({ actor: 'system' });

/** Who does it: a person, checked by policy, or the platform. */
export type Actor = Viewer | System;

/** By shape, not identity: modules are loaded twice in the web process. */
export function isSystem(actor: Actor): actor is System {
  return 'actor' in actor && actor.actor === 'system';
}
