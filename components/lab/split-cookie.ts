const name = 'belowdeck-split';
const aYear = 31_536_000;

/** The guide's share of the width that is used before anybody dragged it, percent. */
export const usualGuideShare = 46;

/** The cookie that remembers the guide's share; a cookie, so that the server already renders the right width. */
export function splitCookie(share: number): string {
  return `${name}=${Math.round(share)}; path=/learn; max-age=${aYear}; samesite=lax`;
}

/** The remembered share, percent; what is no sensible number counts as none. */
export function readSplit(cookies: { get(name: string): { value: string } | undefined }): number {
  const share = Number(cookies.get(name)?.value ?? Number.NaN);
  return share >= 15 && share <= 85 ? share : usualGuideShare;
}
