export type Tone = 'neutral' | 'accent' | 'info' | 'passed' | 'failed' | 'unknown' | 'undone';

/** Text, background and border of a tone. Always together with words, and an icon where a state is meant. */
export const toneStyle: Record<Tone, string> = {
  neutral: 'border-line bg-well text-muted',
  accent: 'border-accent-line bg-accent-soft text-accent-ink',
  info: 'border-info-line bg-info-soft text-info',
  passed: 'border-passed-line bg-passed-soft text-passed',
  failed: 'border-failed-line bg-failed-soft text-failed',
  unknown: 'border-unknown-line bg-unknown-soft text-unknown',
  undone: 'border-undone-line bg-undone-soft text-undone',
};
