const UNITS: Record<string, number> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/**
 * Reads a size as Docker's `--memory` does: `512m`, `1g`, `1.5g`, `64MiB`, `65536`. Units are powers of 1024.
 * @returns bytes, or null when it is not a size.
 */
export function parseSize(text: string | number): number | null {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? Math.floor(text) : null;
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([bkmgt]?)(?:i?b)?$/i.exec(text.trim());
  const factor = UNITS[match?.[2]?.toLowerCase() ?? 'x'];
  if (!match?.[1] || factor === undefined) return null;
  return Math.floor(Number(match[1]) * factor);
}

/** Reads a number of CPUs, `0.5` or `"1.5"`; null when it is none. */
export function parseCpus(text: string | number): number | null {
  const cpus = typeof text === 'number' ? text : /^\d{1,4}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(cpus) && cpus > 0 ? cpus : null;
}

/** Bytes for people, as Docker prints memory: `512 MiB`, `1.5 GiB`, `100 bytes`. */
export function showSize(bytes: number): string {
  for (const [unit, factor] of [
    ['TiB', 1024 ** 4],
    ['GiB', 1024 ** 3],
    ['MiB', 1024 ** 2],
    ['KiB', 1024],
  ] as const) {
    if (bytes >= factor) return `${Math.round((bytes / factor) * 100) / 100} ${unit}`;
  }
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
