/** A choice (checkbox or radio) with its label; `boxed` ones are easy to hit and show the chosen one by a border. */
export const choiceStyle = 'flex items-start gap-3 text-sm';

export const boxedChoiceStyle =
  'rounded-md border border-line-strong/60 bg-surface px-3.5 py-3 transition-colors hover:border-line-strong hover:bg-well has-checked:border-accent-line has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2 has-disabled:cursor-not-allowed has-disabled:opacity-70';
