import { Circle, CircleCheckBig, CircleHelp, type LucideIcon, OctagonX, Undo2 } from 'lucide-react';
import type { Tone } from '#components/ui/tone.ts';

/** What a learner can see of a task: the verdicts, "done, then undone", and nothing yet. */
export type VerdictState = 'passed' | 'failed' | 'unknown' | 'undone' | 'open';

export interface VerdictLook {
  label: string;
  tone: Tone;
  /** Each state has its own outline, so that it reads without colour. */
  icon: LucideIcon;
  /** Text colour of the icon on its own. */
  ink: string;
}

export const verdictLook: Record<VerdictState, VerdictLook> = {
  passed: { label: 'Passed', tone: 'passed', icon: CircleCheckBig, ink: 'text-passed' },
  failed: { label: 'Not yet', tone: 'failed', icon: OctagonX, ink: 'text-failed' },
  unknown: { label: 'Unknown', tone: 'unknown', icon: CircleHelp, ink: 'text-unknown' },
  undone: { label: 'Undone', tone: 'undone', icon: Undo2, ink: 'text-undone' },
  open: { label: 'Open', tone: 'neutral', icon: Circle, ink: 'text-faint' },
};
