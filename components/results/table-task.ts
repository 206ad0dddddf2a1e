/** A column of the class table: one task of the lab, in the lab's order. */
export interface TableTask {
  id: string;
  /** Counted through the lab, from 1. */
  number: number;
  goal: string;
  step: string;
}
