import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { EventFact } from '#domain/facts/facts.ts';
import { factLimits } from './fact-limits.ts';
import { Moment } from './moment.tsx';
import { visibleText } from './visible-text.ts';

/** The sandbox's journal since the step was opened, newest first. */
export function EventFacts({ events }: { events: EventFact[] }) {
  return (
    <Table label="Events" className="-mx-4 -my-4">
      <Thead>
        <tr>
          <Th>When</Th>
          <Th>What</Th>
          <Th>Of</Th>
        </tr>
      </Thead>
      <Tbody>
        {events
          .slice(-factLimits.events)
          .reverse()
          .map(event => (
            <Tr key={event.seq}>
              <Th scope="row" className="font-normal">
                <Moment at={event.at} time />
              </Th>
              <Td>
                <code>{visibleText(`${event.type} ${event.action}`, { max: 200 })}</code>
              </Td>
              <Td>
                <code>{visibleText(event.attributes.name ?? event.actor.slice(0, 12), { max: 128 })}</code>
              </Td>
            </Tr>
          ))}
      </Tbody>
    </Table>
  );
}
