'use client';
import { InlineMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { PublicQuestion } from '#domain/lab/public-lab.ts';

export interface ChoiceAnswerProps {
  question: PublicQuestion;
  /** Indices of the choices. */
  picked: number[];
  onPick: (picked: number[]) => void;
  disabled: boolean;
  error: string | null;
}

export function ChoiceAnswer({ question, picked, onPick, disabled, error }: ChoiceAnswerProps) {
  const labels = question.choices.map(choice => <InlineMarkdown key={choice} text={choice} />);
  if (question.kind === 'single') {
    return (
      <RadioGroup
        legend="Your answer"
        hideLegend
        name={question.id}
        options={labels.map((label, index) => ({ value: String(index), label }))}
        value={picked[0] === undefined ? '' : String(picked[0])}
        onChange={event => onPick([Number(event.target.value)])}
        disabled={disabled}
        error={error}
      />
    );
  }
  const toggle = (index: number, on: boolean) =>
    onPick(on ? [...picked, index].toSorted((a, b) => a - b) : picked.filter(one => one !== index));
  return (
    <fieldset disabled={disabled} className="min-w-0 space-y-2">
      <legend className="mb-2 text-muted text-sm">Several may be right.</legend>
      {labels.map((label, index) => (
        <Checkbox
          key={question.choices[index]}
          boxed
          name={question.id}
          label={label}
          checked={picked.includes(index)}
          onChange={event => toggle(index, event.target.checked)}
        />
      ))}
      {error && <p className="text-failed text-sm">{error}</p>}
    </fieldset>
  );
}
