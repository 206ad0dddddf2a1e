import type { Db } from '#data/db.ts';
import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { SandboxdClient } from '../sandboxd-client/sandboxd-client.ts';

/** What the attempt service is made of; constructed by main.ts. */
export interface AttemptDeps {
  db: Db;
  sandboxd: Pick<SandboxdClient, 'call' | 'reachable'>;
  log: { info(fields: object, text: string): void; warn(fields: object, text: string): void };
  now: () => number;
  /** Something of this attempt changed that a class table shows. */
  onProgress: (attempt: { id: string; userId: string; course: string; lab: string }) => void;
}

/** Whether it can be typed into and looked at. */
export function isLiving(sandbox: Sandbox | null): sandbox is Sandbox {
  return sandbox !== null && sandbox.state === 'ready';
}
