/** The value of a date box for a moment, in the zone of whoever's clock this runs on. */
export function toLocalBox(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
