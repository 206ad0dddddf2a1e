import type { CheckSpec, FactQuery } from '../check/spec.ts';

/** A course on disk: `labs/<course>/course.yaml`. */
export interface Course {
  slug: string;
  title: string;
  summary: string;
  /** Lab slugs in order. */
  labs: string[];
}

/** One lab as authored, parsed and checked. Holds solutions and correct answers: never sent to a browser as it is (see public-lab.ts). */
export interface Lab {
  course: string;
  slug: string;
  title: string;
  summary: string;
  level: 'foundation' | 'intermediate' | 'advanced' | 'expert';
  minutes: number;
  image: 'engine';
  objectives: string[];
  egress: boolean;
  steps: Step[];
  /** SHA-256 (hex) over the lab's files: an attempt pins it. */
  hash: string;
}

/** One page of a lab. `slug` is the file name without ending and number, unique in the lab. */
export interface Step {
  slug: string;
  title: string;
  /** Markdown with `::task[id]`, `::question[id]`, `:::when{cgroup=1}` and fenced blocks marked `run`. */
  body: string;
  tasks: Task[];
  questions: Question[];
}

/** Work to do in the sandbox. Ids of tasks and questions are unique within the lab. */
export interface Task {
  id: string;
  goal: string;
  checks: TaskCheck[];
  hints: string[];
  /** Shell text that solves it, as a learner would type it; may have several lines. */
  solution: string;
  /** Plausible wrong ways; `rejects` names the check that must fail after `run`. */
  mutants: Mutant[];
}

export interface TaskCheck {
  id: string;
  spec: CheckSpec;
  /** True at the baseline already and must stay so; needs a mutant that breaks it. */
  holds: boolean;
}

export interface Mutant {
  run: string;
  rejects: string;
}

interface QuestionBase {
  id: string;
  ask: string;
  /** Answered before the terminal shows it, once: the answer is kept and compared with what the sandbox shows. */
  predict: boolean;
  /** Explanation shown after it was answered (a prediction: after the reveal). */
  why: string;
  /** When a prediction is resolved: after this task passed, by looking at the learner's own sandbox. */
  reveal: { after: string; fact: FactQuery | null } | null;
}

export type Question =
  | (QuestionBase & { kind: 'single' | 'multiple'; choices: { text: string; correct: boolean }[] })
  | (QuestionBase & { kind: 'text'; accept: string[] })
  | (QuestionBase & { kind: 'number'; value: number; tolerance: number; unit: string | null })
  /** The right answer is read from the sandbox at the moment of answering. */
  | (QuestionBase & { kind: 'live'; answer: FactQuery });
