/** Bytes of each unit a person may write: powers of two with an i, powers of ten without, as everywhere else. */
const units: Record<string, number> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** Bytes of a text such as "1536MiB" or "1.5 GiB"; null for anything without a unit, or no size at all. */
export function parseBytes(text: string): number | null {
  const found = /^(\d{1,12}(?:\.\d{1,3})?) ?([A-Za-z]{1,3})$/.exec(text.trim());
  const unit = found?.[2] && Object.hasOwn(units, found[2]) ? units[found[2]] : undefined;
  return found && unit !== undefined ? Math.round(Number(found[1]) * unit) : null;
}

/** "1.5 GiB", "640 KiB", "12 B": at most one decimal, in the largest unit of which there is one. */
export function formatBytes(bytes: number): string {
  for (const name of ['GiB', 'MiB', 'KiB']) {
    const value = bytes / (units[name] ?? 1);
    if (value >= 1) return `${Math.round(value * 10) / 10} ${name}`;
  }
  return `${Math.round(bytes)} B`;
}
