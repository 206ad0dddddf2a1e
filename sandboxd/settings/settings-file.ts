import fs from 'node:fs';
import type { Logger } from 'pino';
import { defaultSettings, parseSettings, type SandboxSettings } from './parse-settings.ts';

/** Longer files are none of ours. */
const MAX_BYTES = 64 * 1024;

/**
 * The operator's settings as they are now: the file that set-up puts there is looked at on each call and read when it
 * changed. One that cannot be used is said once in the log, and what held before goes on to hold.
 */
export function createSettingsFile(file: string, log: Pick<Logger, 'info' | 'error'>): () => SandboxSettings {
  let settings = defaultSettings;
  let seen = '';

  return () => {
    const stamp = stampOf(file);
    if (stamp === seen) return settings;
    seen = stamp;
    try {
      settings = stamp === '' ? defaultSettings : parseSettings(readText(file));
      log.info({ settings }, 'settings of sandboxes; new ones get them');
    } catch (err) {
      log.error({ file, err }, 'settings cannot be used; those before stay');
    }
    return settings;
  };
}

/** '' when there is no file. */
function stampOf(file: string): string {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : '';
}

function readText(file: string): string {
  if (fs.statSync(file).size > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
  return fs.readFileSync(file, 'utf8');
}
