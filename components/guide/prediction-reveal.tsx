import { Hourglass, Telescope } from 'lucide-react';
import type { QuestionState } from '#domain/attempt/attempt.ts';
import type { PublicQuestion } from '#domain/lab/public-lab.ts';

/** What became of a prediction: it waits for its task, or the learner's own sandbox has shown the answer. */
export function PredictionReveal({ question, state }: { question: PublicQuestion; state: QuestionState }) {
  if (state.correct === null && state.revealed === null) {
    return (
      <p className="flex gap-2 text-muted text-sm">
        <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0" />
        {question.revealedBy
          ? 'Your guess is kept. It is resolved by what your sandbox shows, as soon as the task is done.'
          : 'Your guess is kept.'}
      </p>
    );
  }
  return (
    <div className="flex animate-rise gap-2.5 rounded-md border border-info-line bg-info-soft px-3 py-2.5 text-sm">
      <Telescope aria-hidden className="mt-0.5 size-4.5 shrink-0 text-info" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{state.correct ? 'You saw it coming.' : 'It went otherwise than you thought.'}</p>
        {state.revealed !== null && (
          <p>
            Your sandbox shows: <strong className="font-mono text-[0.95em]">{state.revealed}</strong>
          </p>
        )}
      </div>
    </div>
  );
}
