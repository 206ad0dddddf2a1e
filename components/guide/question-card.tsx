'use client';
import { Eye, MessageCircleQuestionMark } from 'lucide-react';
import { useCallback } from 'react';
import { ShortMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { useLab, useQuestion } from '#components/lab/attempt-context.tsx';
import { useAction } from '#components/lab/use-action.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { StatusPill } from '#components/ui/status-pill.tsx';
import type { AnswerValue } from '#domain/attempt/attempt.ts';
import type { PublicQuestion } from '#domain/lab/public-lab.ts';
import { AnswerForm } from './answer-form.tsx';
import { PredictionReveal } from './prediction-reveal.tsx';
import { questionLook } from './question-look.ts';

/** A question or a prediction, with its answer, what was said about it, and the explanation once it is due. */
export function QuestionCard({ question, number }: { question: PublicQuestion; number: number }) {
  const { api, readOnly, attempt } = useLab();
  const state = useQuestion(question.id);
  const answer = useAction(
    useCallback(
      async (value: AnswerValue) => {
        await api.answer(question.id, value);
      },
      [api, question.id],
    ),
  );
  const answered = state !== undefined && state.value !== null;
  const closed = readOnly || attempt.status === 'finished' || (question.predict && answered) || state?.correct === true;
  const look = questionLook(question, state);
  const Icon = question.predict ? Eye : MessageCircleQuestionMark;

  return (
    <section
      aria-label={`${question.predict ? 'Prediction' : 'Question'} ${number}`}
      className="rounded-lg border border-line bg-surface shadow-raised"
    >
      <header className="flex flex-wrap items-center justify-between gap-2 border-line border-b px-4 py-2.5">
        <h3 className="type-display flex items-center gap-2 text-sm">
          <Icon aria-hidden className="size-4.5 text-accent-ink" />
          {question.predict ? 'Predict' : 'Question'}
        </h3>
        <span aria-live="polite" className="mt-0 flex">
          {look.tone === 'waiting' ? (
            <Badge tone="accent">{look.words}</Badge>
          ) : (
            <StatusPill state={look.tone}>{look.words}</StatusPill>
          )}
        </span>
      </header>
      <div className="mt-0 px-4 py-4">
        <div className="space-y-3.5">
          <ShortMarkdown text={question.ask} className="font-medium" />
          {question.predict && !answered && (
            <p className="text-muted text-sm">
              Commit to an answer before you look. A wrong guess costs nothing, and you remember better what surprised
              you.
            </p>
          )}
          <AnswerForm question={question} state={state} closed={closed} busy={answer.busy} onAnswer={answer.run} />
          {answer.problem && <Callout tone="failed" role="alert" title={answer.problem} />}
        </div>
        <div aria-live="polite" className="[&>*]:mt-3.5">
          {state?.feedback && (
            <Callout
              tone={state.correct === null ? 'unknown' : 'warn'}
              title={state.feedback}
              className="animate-rise"
            />
          )}
          {question.predict && answered && <PredictionReveal question={question} state={state} />}
          {state?.why && (
            <div className="animate-rise border-accent border-l-3 pl-4 text-sm">
              <ShortMarkdown text={state.why} />
            </div>
          )}
        </div>
      </div>
    </section>
  );
}
