import { InlineMarkdown } from '#components/guide/markdown/short-markdown.tsx';
import { Card } from '#components/ui/card.tsx';
import { StatusPill } from '#components/ui/status-pill.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import type { PublicLab } from '#domain/lab/public-lab.ts';

/** Task by task: how it ended, and with how much help. */
export function TaskResults({ lab, attempt }: { lab: PublicLab; attempt: AttemptView }) {
  const rows = lab.steps.flatMap(step => step.tasks.map(task => ({ step, task })));
  return (
    <section aria-labelledby="tasks" className="space-y-4">
      <h2 id="tasks" className="text-xl">
        Task by task
      </h2>
      <Card kind="flush">
        <Table label="Tasks of this attempt">
          <Thead>
            <Tr>
              <Th>Task</Th>
              <Th>Result</Th>
              <Th numeric>Hints</Th>
              <Th>Solution</Th>
            </Tr>
          </Thead>
          <Tbody>
            {rows.map(({ step, task }) => {
              const state = attempt.tasks.find(one => one.task === task.id);
              return (
                <Tr key={task.id}>
                  <Th scope="row" className="max-sm:max-w-52">
                    <span className="block min-w-44 max-w-prose sm:min-w-56 whitespace-normal font-normal">
                      <span className="block text-muted text-xs">{step.title}</span>
                      <InlineMarkdown text={task.goal} />
                    </span>
                  </Th>
                  <Td>
                    {state && state.passedAt !== null ? (
                      <StatusPill state="passed">Done</StatusPill>
                    ) : (
                      <StatusPill state="open">Left open</StatusPill>
                    )}
                  </Td>
                  <Td numeric>{state?.hintsOpened ?? 0}</Td>
                  <Td>{state?.solutionOpened ? 'opened' : 'not opened'}</Td>
                </Tr>
              );
            })}
          </Tbody>
        </Table>
      </Card>
    </section>
  );
}
