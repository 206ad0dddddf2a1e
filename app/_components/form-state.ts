/** What a form's action answers with: what went wrong, and what was typed (never passwords). */
export interface FormState {
  /** For people; null: nothing went wrong (yet). */
  problem: string | null;
  /** Said when it went well and the page stays. */
  done: string | null;
  values: Record<string, string>;
}

export const untouched: FormState = { problem: null, done: null, values: {} };

/** The fields of a form as text, bounded. */
export function textsOf(form: FormData, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.map(name => {
      const value = form.get(name);
      return [name, typeof value === 'string' ? value.slice(0, 1_000) : ''];
    }),
  );
}

/** The state after a failed try: what was typed comes back, passwords do not. */
export function failed(problem: string, values: Record<string, string>): FormState {
  const kept = Object.entries(values).filter(([name]) => !/password|token/i.test(name));
  return { problem, done: null, values: Object.fromEntries(kept) };
}
