import { Refusal } from './refusal.ts';

const NAME = 'BELOWDECK_ACCEPT_UNSAFE_SANDBOXES';

/** The operator's word that sandboxes are given away although probes of the preflight fail; refuses what is no list of ids. */
export function acceptedUnsafe(env: Readonly<Record<string, string | undefined>>): { acceptUnsafe?: string } {
  const given = env[NAME]?.trim();
  if (!given) return {};
  if (!/^[a-z0-9-]{1,64}(?:,[a-z0-9-]{1,64}){0,99}$/.test(given))
    throw new Refusal(
      `${NAME} is "${given}".`,
      'It must list ids of probes, separated by commas and nothing else; npm run doctor shows them.',
    );
  return { acceptUnsafe: given };
}
