import { createHmac } from 'node:crypto';
import { isTcpPort } from '#domain/protocol/forward.ts';

/** Where previews live: `<port>-<label>.<host>`, e.g. "localhost:3000" or "preview.example.org". */
export interface PreviewPlace {
  protocol: 'http' | 'https';
  /** Host name that all names of previews end with, and the port people reach it at ("" for the usual one). */
  hostname: string;
  port: string;
}

/** Whose preview a Host header names. `stray`: below the previews' name, yet none of theirs; never the app's either. */
export type PreviewName = { label: string; port: number } | 'stray';

const LABEL_CHARS = 26;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** An unguessable name for a sandbox: 130 bits that only who knows the secret can make from its id. */
export function labelOf(secret: string, sandboxId: string): string {
  const digest = createHmac('sha256', secret).update(`preview label of ${sandboxId}`).digest();
  return [...digest.subarray(0, LABEL_CHARS)].map(byte => alphabet[byte % alphabet.length]).join('');
}

/** The origin of one port of one sandbox. Each has its own: what one serves cannot read what another does. */
export function previewOrigin(place: PreviewPlace, { label, port }: { label: string; port: number }): string {
  return `${place.protocol}://p${port}-${label}.${place.hostname}${place.port ? `:${place.port}` : ''}`;
}

/** Reads a Host header; null when it is not below the previews' name at all. */
export function readPreviewHost(place: PreviewPlace, host: string | undefined): PreviewName | null {
  const [, name = '', port = ''] = /^([^:]+?)\.?(?::(\d*))?$/.exec((host ?? '').toLowerCase()) ?? [];
  if (!name.endsWith(`.${place.hostname}`)) return null;
  const own = name.slice(0, -place.hostname.length - 1);
  const [, digits = '', label = ''] = /^p([1-9]\d{0,4})-([a-z2-7]{26})$/.exec(own) ?? [];
  if (!label || !isTcpPort(Number(digits)) || port !== place.port) return 'stray';
  return { label, port: Number(digits) };
}
