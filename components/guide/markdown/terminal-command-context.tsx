'use client';
import { createContext } from 'react';

export interface TerminalCommands {
  /** Types a command into the active terminal and presses Enter; false when there is no live terminal. */
  run(text: string): boolean;
}

/** Given by the lab page; null where there is no terminal, then nothing offers to run anything. */
export const TerminalCommandContext = createContext<TerminalCommands | null>(null);
