import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { ContainerFact, ProcessFact } from '#domain/facts/facts.ts';
import { factLimits } from './fact-limits.ts';
import { processRows } from './process-rows.ts';
import { visibleText } from './visible-text.ts';

/** The kernel's letters for what a process does right now. */
const stateWords: Record<string, string> = {
  R: 'running',
  S: 'sleeping',
  D: 'waiting for a disk',
  T: 'stopped',
  t: 'traced',
  Z: 'zombie',
  I: 'idle',
};

/** The process tree as the kernel had it, with the PIDs that the learner's `ps` prints. */
export function ProcessFacts({ processes, containers }: { processes: ProcessFact[]; containers: ContainerFact[] }) {
  const names = new Map(containers.map(one => [one.id, one.name]));
  return (
    <Table label="Processes" className="-mx-4 -my-4">
      <Thead>
        <tr>
          <Th>Process</Th>
          <Th numeric>PID</Th>
          <Th numeric>User</Th>
          <Th>State</Th>
          <Th>Container</Th>
        </tr>
      </Thead>
      <Tbody>
        {processRows(processes)
          .slice(0, factLimits.processes)
          .map(({ process, depth }) => (
            <Tr key={`${process.outerPid} ${process.startTicks}`}>
              <Th scope="row" className="max-w-96 font-normal">
                <span className="block" style={{ paddingLeft: `${Math.min(depth, 8) * 1}rem` }}>
                  <code className="font-semibold">{visibleText(process.comm)}</code>
                  <code className="block truncate text-muted text-xs" title={argvText(process)}>
                    {argvText(process)}
                  </code>
                </span>
              </Th>
              <Td numeric>{process.pid}</Td>
              <Td numeric>{process.uid}</Td>
              <Td className="whitespace-nowrap">
                {stateWords[process.state] ?? visibleText(process.state, { max: 20 })}
              </Td>
              <Td className="text-muted">
                {process.containerId === null
                  ? ''
                  : visibleText(names.get(process.containerId) ?? process.containerId.slice(0, 12), { max: 60 })}
              </Td>
            </Tr>
          ))}
      </Tbody>
    </Table>
  );
}

function argvText(process: ProcessFact): string {
  return visibleText(process.argv.join(' ') || (process.exe ?? ''), { max: 300 });
}
