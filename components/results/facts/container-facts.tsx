import { Badge } from '#components/ui/badge.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { ContainerFact } from '#domain/facts/facts.ts';
import { factLimits } from './fact-limits.ts';
import { visibleText } from './visible-text.ts';

/** The learner's containers as their daemon told it. */
export function ContainerFacts({ containers }: { containers: ContainerFact[] }) {
  return (
    <Table label="Containers" className="-mx-4 -my-4">
      <Thead>
        <tr>
          <Th>Name</Th>
          <Th>State</Th>
          <Th>Image</Th>
          <Th>Command</Th>
        </tr>
      </Thead>
      <Tbody>
        {containers.slice(0, factLimits.containers).map(one => (
          <Tr key={one.id}>
            <Th scope="row">
              <code>{visibleText(one.name, { max: 128 })}</code>
              <code className="block font-normal text-faint text-xs">{visibleText(one.id.slice(0, 12))}</code>
            </Th>
            <Td>
              <Badge tone={one.state === 'running' ? 'passed' : 'neutral'}>{one.state}</Badge>
              <span className="block whitespace-nowrap text-muted text-xs">
                {one.pid !== null && `PID ${one.pid}`}
                {one.state === 'exited' && `code ${one.exitCode}`}
                {one.oomKilled && ', out of memory'}
              </span>
            </Td>
            <Td>
              <code>{visibleText(one.image, { max: 200 })}</code>
            </Td>
            <Td className="max-w-72">
              <code className="block truncate text-muted text-xs">
                {visibleText(one.command.join(' '), { max: 300 })}
              </code>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
