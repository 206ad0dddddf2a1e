import type { Lab } from './lab.ts';

/** A question as a browser may see it before it is answered. */
export interface PublicQuestion {
  id: string;
  kind: 'single' | 'multiple' | 'text' | 'number' | 'live';
  ask: string;
  predict: boolean;
  choices: string[];
  unit: string | null;
  /** For a prediction: the task whose passing reveals it. */
  revealedBy: string | null;
}

export interface PublicTask {
  id: string;
  goal: string;
  /** Ids of the checks, in order. */
  checks: string[];
  hints: number;
}

export interface PublicStep {
  slug: string;
  title: string;
  body: string;
  tasks: PublicTask[];
  questions: PublicQuestion[];
}

/** A lab without solutions, correct answers, mutants or check specs. */
export interface PublicLab {
  course: string;
  slug: string;
  title: string;
  summary: string;
  level: Lab['level'];
  minutes: number;
  objectives: string[];
  egress: boolean;
  steps: PublicStep[];
}
