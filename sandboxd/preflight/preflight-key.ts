import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { escapeTexts } from './escape-probes.ts';

/** What makes a sandbox what it is, beside the lab image and the kernel. */
const files = [
  '/etc/belowdeck/dockerd.json',
  '/etc/belowdeck/seccomp.json',
  '/etc/subuid',
  fileURLToPath(new URL('../engine/sandbox-template.ts', import.meta.url)),
];

/** Changes when a result of the escape probes may not hold any more: another kernel, engine, image, setting or probe. */
export function preflightKey(of: { imageId: string; engineVersion: string; cgroupVersion: string }): string {
  const texts = files.map(file => {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch {
      return null;
    }
  });
  return createHash('sha256')
    .update(JSON.stringify([of, os.release(), os.version(), texts, escapeTexts]))
    .digest('hex');
}
