'use client';
import { TextField } from '#components/ui/text-field.tsx';
import type { PublicQuestion } from '#domain/lab/public-lab.ts';

export interface TypedAnswerProps {
  question: PublicQuestion;
  text: string;
  onText: (text: string) => void;
  disabled: boolean;
  error: string | null;
}

/** Text, a number, or what the sandbox shows right now. */
export function TypedAnswer({ question, text, onText, disabled, error }: TypedAnswerProps) {
  const label =
    question.kind === 'number'
      ? `Your answer${question.unit ? `, in ${question.unit}` : ', a number'}`
      : question.kind === 'live'
        ? 'What your sandbox shows now'
        : 'Your answer';
  return (
    <TextField
      label={label}
      value={text}
      onChange={event => onText(event.target.value)}
      readOnly={disabled}
      inputMode={question.kind === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={200}
      error={error ?? undefined}
      className="max-w-sm"
    />
  );
}
