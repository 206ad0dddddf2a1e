import fs from 'node:fs';
import { z } from 'zod';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import { readBounded } from '../host/read-bounded.ts';

/** What the services of the mirror write down about themselves (lab-images/sandbox-host). */
const files = { cache: '/run/belowdeck-mirror', preloaded: '/var/lib/belowdeck/mirror/preloaded' } as const;
const stateSchema = z.enum(['up', 'unreachable', 'full', 'failed']);

/** How the registry mirror is. Reads two small files; never throws. */
export function mirrorState(from: { cache: string; preloaded: string } = files): HostStatus['network']['mirror'] {
  const [state = '', kib = ''] = (readBounded(from.cache, 64) ?? '').trim().split(' ');
  return {
    preloaded: fs.existsSync(from.preloaded),
    cache: stateSchema.safeParse(state).data ?? 'off',
    cacheBytes: /^\d+$/.test(kib) ? Number(kib) * 1024 : 0,
  };
}
