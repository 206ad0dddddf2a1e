import fs from 'node:fs';
import type { Cgroups } from './cgroups.ts';
import { createCgroupsV1 } from './cgroups-v1.ts';
import { createCgroupsV2 } from './cgroups-v2.ts';

/** The version this machine mounts: a unified hierarchy has its controllers' list at the root. */
export function detectCgroups(root = '/sys/fs/cgroup'): Cgroups {
  return fs.existsSync(`${root}/cgroup.controllers`) ? createCgroupsV2(root) : createCgroupsV1(root);
}
