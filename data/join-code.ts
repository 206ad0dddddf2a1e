import { randomInt } from 'node:crypto';

/** Without letters and digits that look alike; 10 of 31 = 49 bits, and tries are limited per address. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const length = 10;

/** A fresh join code, e.g. "K7QX2MPRTA". */
export function newJoinCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** What a person typed, as a code: without spaces and dashes, in capitals. */
export function normalizeJoinCode(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase().slice(0, 32);
}
