import { type Limits, LimitsError, parseLimits } from '#domain/protocol/limits.ts';
import { type PoolSettings, PoolSettingsError, parsePoolSettings } from '#domain/protocol/pool-settings.ts';

/** What an operator can set about sandboxes, in one file: `{ "limits": { "memory": "2GiB", … } }`. */
export interface SandboxSettings {
  limits: Limits;
  pool: PoolSettings;
}

/** The file has something else in it than settings; `problems` has a line for each, with key, value and remedy. */
export class SettingsError extends Error {
  readonly code = 'settings';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** How each part is read: throws an error with `problems`. A part that is not there is read as `{}`. */
const parts: { [P in keyof SandboxSettings]: (value: unknown) => SandboxSettings[P] } = {
  limits: parseLimits,
  pool: parsePoolSettings,
};

/** Reads the text of the file; an empty object means all defaults. Throws SettingsError with every problem at once. */
export function parseSettings(text: string): SandboxSettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SettingsError([`it is not JSON: ${(error as Error).message}`]);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new SettingsError(['it must be an object, such as { "limits": { "memory": "2GiB" } }']);
  const given = new Map(Object.entries(value));
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries(parts)) {
    try {
      settings[name] = parse(given.get(name) ?? {});
    } catch (error) {
      problems.push(...problemsOf(error).map(problem => `${name}: ${problem}`));
    }
    given.delete(name);
  }
  for (const name of given.keys())
    problems.push(`"${name.slice(0, 60)}" is no part of it; there is ${Object.keys(parts).join(', ')}`);
  if (problems.length > 0) throw new SettingsError(problems);
  return settings as unknown as SandboxSettings;
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof LimitsError || error instanceof PoolSettingsError) return error.problems;
  throw error;
}

/** All by default. */
export const defaultSettings = parseSettings('{}');
