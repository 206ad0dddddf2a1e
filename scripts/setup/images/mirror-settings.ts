/** What an operator can set of the registry mirror; passed on to the sandbox host, where docs/operations.md explains them. */
const names = [
  'BELOWDECK_REGISTRY_UPSTREAM',
  'BELOWDECK_REGISTRY_CACHE_GB',
  'BELOWDECK_REGISTRY_USERNAME',
  'BELOWDECK_REGISTRY_PASSWORD',
] as const;

export type MirrorSettings = Partial<Record<(typeof names)[number], string>>;

/**
 * The settings that are given, checked.
 * @throws TypeError that says which one is wrong, and how it should be.
 */
export function mirrorSettings(env: Readonly<Record<string, string | undefined>>): MirrorSettings {
  const given = names.flatMap(name => (env[name] ? [[name, env[name]] as const] : []));
  const settings: MirrorSettings = Object.fromEntries(given);
  const { BELOWDECK_REGISTRY_UPSTREAM: upstream, BELOWDECK_REGISTRY_CACHE_GB: size } = settings;
  if (upstream !== undefined && upstream !== 'off' && !/^https?:\/\/[\w.:[\]-]+$/.test(upstream)) {
    throw new TypeError(
      `BELOWDECK_REGISTRY_UPSTREAM is "${upstream}": it must be off, or an address like https://registry.example.org without a path.`,
    );
  }
  if (size !== undefined && !/^[1-9]\d{0,3}$/.test(size)) {
    throw new TypeError(`BELOWDECK_REGISTRY_CACHE_GB is "${size}": it must be a whole number from 1 to 9999.`);
  }
  return settings;
}
