'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { AnswerValue, QuestionState } from '#domain/attempt/attempt.ts';
import type { PublicQuestion } from '#domain/lab/public-lab.ts';
import { ChoiceAnswer } from './choice-answer.tsx';
import { TypedAnswer } from './typed-answer.tsx';

export interface AnswerFormProps {
  question: PublicQuestion;
  state: QuestionState | undefined;
  /** The answer stands and cannot be changed. */
  closed: boolean;
  busy: boolean;
  onAnswer: (value: AnswerValue) => Promise<void>;
}

const isChoice = (question: PublicQuestion) => question.kind === 'single' || question.kind === 'multiple';

/** What was typed, as the question takes it; null when there is nothing to send yet. */
function toValue(question: PublicQuestion, picked: number[], text: string): AnswerValue | null {
  if (isChoice(question)) return picked.length > 0 ? picked : null;
  const said = text.trim();
  if (said === '') return null;
  if (question.kind !== 'number') return said;
  const number = Number(said.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

export function AnswerForm({ question, state, closed, busy, onAnswer }: AnswerFormProps) {
  const kept = state?.value ?? null;
  const [picked, setPicked] = useState<number[]>(Array.isArray(kept) ? kept : []);
  const [text, setText] = useState(kept === null || Array.isArray(kept) ? '' : String(kept));
  const [hint, setHint] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const value = toValue(question, picked, text);
    if (value === null) {
      setHint(
        isChoice(question)
          ? 'Choose an answer first.'
          : question.kind === 'number'
            ? 'Type a number.'
            : 'Type an answer first.',
      );
      return;
    }
    setHint(null);
    await onAnswer(value);
  };

  return (
    <form onSubmit={submit} className="space-y-3">
      {isChoice(question) ? (
        <ChoiceAnswer question={question} picked={picked} onPick={setPicked} disabled={closed} error={hint} />
      ) : (
        <TypedAnswer question={question} text={text} onText={setText} disabled={closed} error={hint} />
      )}
      {!closed && (
        <Button type="submit" size="sm" busy={busy}>
          {question.predict ? 'Commit to this prediction' : state?.tries ? 'Answer again' : 'Answer'}
        </Button>
      )}
    </form>
  );
}
