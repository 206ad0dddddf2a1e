import { parseSize } from '../values/size.ts';

const ID = /^(?:sha256:)?([0-9a-f]{64})$/;
const SHORT_ID = /^(?:sha256:)?([0-9a-f]{12,64})$/;
const SWITCH: Record<string, string> = {
  true: 'on',
  yes: 'on',
  enabled: 'on',
  false: 'off',
  no: 'off',
  disabled: 'off',
};

const plain = (text: string): string => text.trim().toLowerCase();
const words = (text: string): string[] =>
  plain(text)
    .split(/(?:\s|,|;|→|->|>)+/)
    .filter(word => word !== '');

function matchesNumber(answer: string, value: number): boolean {
  const text = plain(answer).replace(/^pid\s*/, '');
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) === value : parseSize(text) === value;
}

/**
 * Whether a learner's answer means a value read from the sandbox. Numbers by value, sizes in any unit; 64-digit ids by
 * a prefix of 12 digits or more; paths also by their base name; `a, b` also as `a b` or `a → b`; else the same text but
 * for case and outer spaces.
 */
export function matchesLive(answer: string, value: string | number): boolean {
  if (typeof value === 'number') return matchesNumber(answer, value);
  const given = plain(answer);
  const wanted = plain(value);
  if (given === '') return wanted === '';
  if (given === wanted) return true;
  const whole = ID.exec(wanted)?.[1];
  if (whole !== undefined) return whole.startsWith(SHORT_ID.exec(given)?.[1] ?? '-');
  if (wanted === 'on' || wanted === 'off') return SWITCH[given] === wanted;
  if (wanted.startsWith('/') && !wanted.includes('\n')) return given === wanted.split('/').at(-1);
  const list = words(value);
  return wanted.includes(', ') && list.join(' ') === words(answer).join(' ');
}
