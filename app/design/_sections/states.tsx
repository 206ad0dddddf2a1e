import { Section } from '#app/design/_sections/section.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { ProgressRing } from '#components/ui/progress-ring.tsx';
import { Stat } from '#components/ui/stat.tsx';
import { StatusPill } from '#components/ui/status-pill.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { VerdictState } from '#components/ui/verdict-look.ts';

const states: VerdictState[] = ['passed', 'failed', 'unknown', 'undone', 'open'];

const rows: { name: string; verdicts: VerdictState[]; tries: number; active: string }[] = [
  { name: 'Ada Lovelace', verdicts: ['passed', 'passed', 'open'], tries: 7, active: '2 minutes ago' },
  { name: 'Grace Hopper', verdicts: ['passed', 'failed', 'open'], tries: 12, active: 'now' },
  { name: 'Linus Åkesson-Wiśniewska', verdicts: ['undone', 'unknown', 'open'], tries: 3, active: 'yesterday' },
];

export function States() {
  return (
    <Section title="Verdicts and progress">
      <div className="flex flex-wrap gap-2">
        {states.map(state => (
          <StatusPill key={state} state={state} />
        ))}
        <StatusPill state="open" checking>
          Checking
        </StatusPill>
        <StatusPill state="passed">3 of 4 passed</StatusPill>
      </div>
      <div className="grid gap-5 md:grid-cols-2">
        <Card>
          <CardHeader title="Kill dockerd with SIGKILL" aside={<StatusPill state="failed" />} />
          <p className="text-sm">
            <code>web</code> must not notice.
          </p>
          <Disclosure title="What was checked" open className="mt-3">
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
              <dt className="text-muted">Expected</dt>
              <dd>nginx keeps its PID</dd>
              <dt className="text-muted">Observed</dt>
              <dd>a new nginx, PID 412, since 09:14:02</dd>
            </dl>
          </Disclosure>
        </Card>
        <Card className="grid content-start gap-5">
          <ProgressBar label="Docker engine" value={3} max={7} />
          <ProgressBar label="Process tree" value={6} max={6} />
          <ProgressBar label="Images to build" value={61} max={100} text="61 %" />
          <div className="flex gap-4">
            <ProgressRing label="Steps" value={0} max={6} />
            <ProgressRing label="Steps" value={2} max={6} />
            <ProgressRing label="Steps" value={6} max={6} />
          </div>
        </Card>
      </div>
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Stat label="Learners" value="28" hint="3 joined this week" />
        <Stat label="Sandboxes" value="6" hint="2 warm" />
        <Stat label="Tasks passed" value="214" />
        <Stat label="Median time" value="18 min" />
      </div>
      <Card kind="flush">
        <Table label="Class, learner by task">
          <Thead>
            <tr>
              <Th>Learner</Th>
              <Th>Find the shim</Th>
              <Th>Kill dockerd</Th>
              <Th>Read the tree</Th>
              <Th numeric>Tries</Th>
              <Th>Last active</Th>
            </tr>
          </Thead>
          <Tbody>
            {rows.map(row => (
              <Tr key={row.name}>
                <Th scope="row">{row.name}</Th>
                {row.verdicts.map((state, task) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the tasks are their columns
                  <Td key={task}>
                    <StatusPill state={state} />
                  </Td>
                ))}
                <Td numeric>{row.tries}</Td>
                <Td className="whitespace-nowrap text-muted">{row.active}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </Card>
    </Section>
  );
}
