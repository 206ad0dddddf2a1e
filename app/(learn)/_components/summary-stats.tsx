import { Stat } from '#components/ui/stat.tsx';
import type { AttemptSummary } from '#domain/attempt/attempt-summary.ts';

function tookText(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const help = ({ hints, solutions }: AttemptSummary) =>
  [
    hints === 0 ? 'no hints' : hints === 1 ? 'one hint' : `${hints} hints`,
    solutions === 0 ? null : solutions === 1 ? 'one solution' : `${solutions} solutions`,
  ]
    .filter(part => part !== null)
    .join(', ');

/** The attempt in four figures. */
export function SummaryStats({ summary }: { summary: AttemptSummary }) {
  const { tasks, predictions, questions, tookMs, failedChecks } = summary;
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-8 lg:grid-cols-4">
      <Stat
        label="Tasks passed"
        value={`${tasks.passed} of ${tasks.total}`}
        hint={failedChecks === 0 ? 'none was checked in vain' : `${failedChecks} checked too early`}
      />
      <Stat
        label="Predicted right"
        value={`${predictions.right} of ${predictions.total}`}
        hint={
          predictions.wrong === 0
            ? 'no surprises'
            : predictions.wrong === 1
              ? 'one surprise'
              : `${predictions.wrong} surprises`
        }
      />
      <Stat label="Questions right" value={`${questions.right} of ${questions.total}`} hint={help(summary)} />
      <Stat label="Time" value={tookMs === null ? 'still going' : tookText(tookMs)} hint="from start to finish" />
    </div>
  );
}
