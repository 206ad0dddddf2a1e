'use client';
import { createContext, type ReactNode, type RefObject, useContext } from 'react';
import type { TerminalHandle } from '#components/terminal/terminal-panel.tsx';
import type { QuestionState, TaskState } from '#domain/attempt/attempt.ts';
import type { PublicLab } from '#domain/lab/public-lab.ts';
import type { LiveAttempt } from './use-attempt.ts';

/** Texts of hints and solutions that were opened; they come with the page and grow with each one opened. */
export type OpenedTexts = Record<string, { hints: string[]; solution: string | null }>;

export interface LabContextValue extends LiveAttempt {
  lab: PublicLab;
  opened: OpenedTexts;
  addHints(task: string, hints: string[]): void;
  addSolution(task: string, solution: string): void;
  /** Whoever looks at another's attempt changes nothing. */
  readOnly: boolean;
  /** Which half a narrow screen shows. */
  pane: 'guide' | 'terminal';
  setPane(pane: 'guide' | 'terminal'): void;
  terminal: RefObject<TerminalHandle | null>;
}

const LabContext = createContext<LabContextValue | null>(null);

export function LabProvider({ value, children }: { value: LabContextValue; children: ReactNode }) {
  return <LabContext value={value}>{children}</LabContext>;
}

export function useLab(): LabContextValue {
  const value = useContext(LabContext);
  if (!value) throw new Error('This part of the page belongs inside LabProvider.');
  return value;
}

export function useTask(id: string): TaskState | undefined {
  return useLab().attempt.tasks.find(one => one.task === id);
}

export function useQuestion(id: string): QuestionState | undefined {
  return useLab().attempt.questions.find(one => one.question === id);
}
