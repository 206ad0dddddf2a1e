import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { CgroupFact, ContainerFact } from '#domain/facts/facts.ts';
import { visibleText } from './visible-text.ts';

/** What the kernel allows each container. */
export function CgroupFacts({ cgroups, containers }: { cgroups: CgroupFact[]; containers: ContainerFact[] }) {
  const names = new Map(containers.map(one => [one.id, one.name]));
  return (
    <Table label="Limits" className="-mx-4 -my-4">
      <Thead>
        <tr>
          <Th>Container</Th>
          <Th numeric>Memory</Th>
          <Th numeric>Memory limit</Th>
          <Th numeric>CPUs</Th>
          <Th numeric>Processes</Th>
        </tr>
      </Thead>
      <Tbody>
        {cgroups.map(one => (
          <Tr key={one.containerId}>
            <Th scope="row">
              <code>{visibleText(names.get(one.containerId) ?? one.containerId.slice(0, 12), { max: 128 })}</code>
            </Th>
            <Td numeric>{mebibytes(one.memoryBytes)}</Td>
            <Td numeric>{mebibytes(one.memoryLimitBytes)}</Td>
            <Td numeric>{one.cpus ?? 'no limit'}</Td>
            <Td numeric>
              {one.pids ?? '?'} of {one.pidsLimit ?? 'any'}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function mebibytes(bytes: number | null): string {
  return bytes === null ? 'no limit' : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
