/** What a learner sets once for all terminals. */
export interface TerminalPreferences {
  /** CSS pixels. */
  fontSize: number;
  screenReader: boolean;
}

/** Below 11 pixels nobody reads; above 28 a line no longer fits a phone. */
export const fontSizes = { min: 11, max: 28, normal: 14 } as const;

export const normalPreferences: TerminalPreferences = { fontSize: fontSizes.normal, screenReader: false };

/** Reads what the browser kept; anything strange becomes the normal value. */
export function parsePreferences(text: string | null): TerminalPreferences {
  let kept: Partial<Record<keyof TerminalPreferences, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (value !== null && typeof value === 'object') kept = value;
  } catch {
    // Not ours, or cut short.
  }
  return {
    fontSize: typeof kept.fontSize === 'number' ? clampFontSize(kept.fontSize) : normalPreferences.fontSize,
    screenReader: kept.screenReader === true,
  };
}

export function clampFontSize(size: number): number {
  if (!Number.isFinite(size)) return fontSizes.normal;
  return Math.min(fontSizes.max, Math.max(fontSizes.min, Math.round(size)));
}
