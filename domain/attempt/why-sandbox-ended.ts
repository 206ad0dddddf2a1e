import type { EndReason } from '../protocol/sandbox.ts';

const sentences: Record<EndReason, { title: string; text: string }> = {
  learner: { title: 'You ended this sandbox', text: 'What you did inside it is gone.' },
  admin: { title: 'An administrator ended this sandbox', text: 'What you did inside it is gone.' },
  ttl: {
    title: 'This sandbox reached the end of its time',
    text: 'Sandboxes live for a limited time, so that everybody gets one.',
  },
  idle: {
    title: 'This sandbox was ended because nobody used it',
    text: 'No key was pressed and no page was open for a while.',
  },
  finished: { title: 'You finished this lab', text: 'Its sandbox was put away.' },
  crashed: { title: 'This sandbox stopped by itself', text: 'Its first process ended, and everything in it with it.' },
  'out-of-memory': { title: 'This sandbox ran out of memory', text: 'The kernel ended it at its memory limit.' },
  cgroups: {
    title: 'This sandbox was ended for making too many control groups',
    text: 'They take memory and time of the machine that everybody shares.',
  },
  'host-lost': { title: 'This sandbox was lost', text: 'The machine that ran it was restarted.' },
  replaced: { title: 'You replaced this sandbox', text: 'A fresh one took its place.' },
  moved: { title: 'You went on in another lab', text: 'This sandbox was ended, so that the other lab gets one.' },
};

/** Ends that nobody asked for: there the measured value explains something. */
const unasked = new Set<EndReason>(['ttl', 'idle', 'crashed', 'out-of-memory', 'cgroups', 'host-lost']);

/** Why a sandbox ended, for its learner: a title, what happened (with the measured value when there is one), what was kept, what to do. */
export interface EndStory {
  title: string;
  happened: string;
  kept: string;
  next: string;
}

/** Turns the reason of an ended sandbox into words; `detail` is sandboxd's measured value or empty. */
export function whySandboxEnded(ended: { reason: EndReason; detail: string }): EndStory {
  const { title, text } = sentences[ended.reason];
  const detail = unasked.has(ended.reason) ? ended.detail.trim() : '';
  return {
    title,
    happened: detail ? `${text} (${detail.replace(/\.$/, '')}.)` : text,
    kept: 'Your passed tasks, answers and hints are kept.',
    next:
      ended.reason === 'finished'
        ? 'You can start a fresh one to keep exploring.'
        : 'Start a fresh one to go on; files and containers of the old one are not in it.',
  };
}
