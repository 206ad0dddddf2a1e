import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Where dockerd has runc keep its state: one folder per engine namespace (with user namespaces its name carries the uids). */
const STATE_FOLDER = '/run/docker/runtime-runc';

const capabilities = z.array(z.string()).nullish();
const stateSchema = z.object({
  init_process_pid: z.number().int().positive(),
  config: z.object({
    no_new_privileges: z.boolean().optional(),
    capabilities: z.object({ Bounding: capabilities }).nullish(),
  }),
});

export interface RuncState {
  /** `runc --root` */
  root: string;
  /** The sandbox's PID 1 as this machine sees it. */
  initPid: number;
  noNewPrivileges: boolean;
  /** The most that a process of the sandbox may ever have. */
  boundingCapabilities: string[];
}

/** True when dockerd on this machine uses runc in the place we know, and so the console hand-over can work. */
export function hasRuncState(): boolean {
  return fs.existsSync(STATE_FOLDER);
}

/** What runc knows of a running container. The files are root's and outside of every sandbox. Throws when there is none. */
export function readRuncState(containerId: string): RuncState {
  if (!/^[0-9a-f]{64}$/.test(containerId)) throw new Error(`not a container id: ${containerId}`);
  for (const namespace of fs.readdirSync(STATE_FOLDER)) {
    const root = path.join(STATE_FOLDER, namespace);
    const file = path.join(root, containerId, 'state.json');
    if (!fs.existsSync(file)) continue;
    const { init_process_pid, config } = stateSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
    return {
      root,
      initPid: init_process_pid,
      noNewPrivileges: config.no_new_privileges ?? false,
      boundingCapabilities: config.capabilities?.Bounding ?? [],
    };
  }
  throw new Error(`runc knows no container ${containerId}`);
}
