import { existsSync, readFileSync, type Stats, unwatchFile, watchFile } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeLimits } from '#domain/protocol/limits.ts';
import { parseSettings, type SandboxSettings, SettingsError } from '#sandboxd/settings/parse-settings.ts';
import { docker } from './images/docker-cli.ts';
import { instanceNames } from './images/instance.ts';
import type { Finding } from './preflight.ts';
import { Refusal } from './refusal.ts';

/** Where sandboxd reads them, in its state volume: it takes up what changed by itself, running sandboxes stay as they are. */
const INSIDE = '/var/lib/belowdeck/settings.json';
/** How often a running installation looks whether the file changed. */
const LOOK_MS = 2_000;

/** The operator's file about sandboxes. */
export interface SandboxSettingsFile {
  path: string;
  /** He said where it is: without it his limits would silently not hold. */
  isNamed: boolean;
}

/** BELOWDECK_SANDBOXES, else sandboxes.json in the state folder. */
export function sandboxSettingsFile(
  env: Readonly<Record<string, string | undefined>>,
  state: string,
): SandboxSettingsFile {
  const { BELOWDECK_SANDBOXES: named } = env;
  return { path: resolve(named || join(state, 'sandboxes.json')), isNamed: Boolean(named) };
}

/**
 * What the file says; all by default where there is none and none was named. Throws a Refusal that names each key, value and
 * remedy.
 */
export function readSandboxSettings({ path: file, isNamed }: SandboxSettingsFile): {
  text: string;
  settings: SandboxSettings;
} {
  if (isNamed && !existsSync(file))
    throw new Refusal(
      `BELOWDECK_SANDBOXES names ${file}, which is not there; nothing was changed.`,
      'Put it there, or leave BELOWDECK_SANDBOXES away for the defaults. docs/operations.md has the table.',
    );
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  try {
    return { text, settings: parseSettings(text) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const lines = error.problems.map(problem => `  - ${problem}`).join('\n');
    throw new Refusal(
      `${file} cannot be used; nothing was changed.\n${lines}`,
      'Mend it, or remove it for the defaults. docs/operations.md has the table.',
    );
  }
}

/** The same as something to print: the limits that new sandboxes get, and how the pool is set. */
export function probeSandboxSettings(file: SandboxSettingsFile): Finding {
  try {
    const { settings } = readSandboxSettings(file);
    const limits = describeLimits(settings.limits).map(([name, value]) => `${name} ${value}`);
    const from = existsSync(file.path) ? file.path : 'by default';
    const pool = Object.entries(settings.pool).map(([name, value]) => `${name} ${value ?? 'by the machine'}`);
    return { what: 'Limits', ok: true, seen: `${[...limits, ...pool].join(', ')} (${from})`, remedy: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { what: 'Limits', ok: false, seen: error.message, remedy: error.remedy };
  }
}

/** Puts them where a running sandbox host reads them. */
export async function putSandboxSettings(instance: string, file: SandboxSettingsFile): Promise<void> {
  const { text } = readSandboxSettings(file);
  const script = `cat >${INSIDE}.new && mv ${INSIDE}.new ${INSIDE}`;
  await docker(['exec', '-i', instanceNames(instance).container, 'sh', '-c', script], { input: text });
}

/** Puts them there again whenever the file changes; tells how that went. Returns the stop function. */
export function followSandboxSettings(
  instance: string,
  file: SandboxSettingsFile,
  told: (text: string) => void,
  lookMs = LOOK_MS,
): () => void {
  const changed = (now: Stats, before: Stats) => {
    // Of a file that is not there yet, its absence is told once.
    if (now.mtimeMs === before.mtimeMs) return;
    putSandboxSettings(instance, file).then(
      () => told(`${file.path} is taken up: new sandboxes get it, warm ones are replaced.`),
      (error: Error) => told(`${error.message}\nWhat held before goes on to hold.`),
    );
  };
  watchFile(file.path, { interval: lookMs }, changed);
  return () => unwatchFile(file.path, changed);
}
