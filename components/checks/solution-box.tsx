'use client';
import { KeyRound } from 'lucide-react';
import { RunButton } from '#components/guide/markdown/run-button.tsx';
import { useLab } from '#components/lab/attempt-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { PublicTask } from '#domain/lab/public-lab.ts';

/** The solution, once it was opened. */
export function SolutionBox({ task }: { task: PublicTask }) {
  const solution = useLab().opened[task.id]?.solution;
  if (!solution) return null;
  return (
    <div className="animate-rise">
      <CodeBlock code={solution} title="Solution" actions={<RunButton command={solution} />}>
        {solution}
      </CodeBlock>
    </div>
  );
}

/** Opening a solution is counted, so it asks first. */
export function SolutionTrigger({ task }: { task: PublicTask }) {
  const { api, opened, addSolution } = useLab();
  if (opened[task.id]?.solution) return null;
  return (
    <ConfirmDialog
      tone="primary"
      trigger={
        <Button size="sm" variant="quiet" icon={<KeyRound aria-hidden className="size-4" />}>
          Show solution
        </Button>
      }
      title="Show the solution?"
      description="It is counted, and your instructor sees that you opened it. You can still do the task yourself. Hints cost nothing."
      confirmLabel="Show solution"
      cancelLabel="Try on my own"
      onConfirm={async () => addSolution(task.id, await api.solution(task.id))}
    />
  );
}
