import { Callout } from '#components/ui/callout.tsx';
import type { Facts } from '#domain/facts/facts.ts';
import { CgroupFacts } from './cgroup-facts.tsx';
import { ContainerFacts } from './container-facts.tsx';
import { EventFacts } from './event-facts.tsx';
import { factLimits } from './fact-limits.ts';
import { FactSection } from './fact-section.tsx';
import { FileFacts } from './file-facts.tsx';
import { ImageFacts } from './image-facts.tsx';
import { ProcessFacts } from './process-facts.tsx';
import { ServiceFacts } from './service-facts.tsx';
import { visibleText } from './visible-text.ts';

/** What was observed of the sandbox at one moment. Everything in it may be a learner's text: shown, never rendered. */
export function FactsView({ facts }: { facts: Facts }) {
  const { daemon, containerd, containers, processes, events, files, images, cgroups, gaps } = facts;
  return (
    <div className="grid gap-3">
      {gaps.length > 0 && (
        <Callout tone="unknown" title="Not everything could be seen.">
          <ul>
            {gaps.map(gap => (
              <li key={`${gap.part} ${gap.reason}`}>
                {visibleText(gap.part, { max: 100 })}: {visibleText(gap.reason, { max: 300 })}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {(daemon || containerd) && (
        <FactSection title="Docker and containerd">
          <ServiceFacts daemon={daemon} containerd={containerd} />
        </FactSection>
      )}
      {containers && (
        <FactSection title="Containers" count={containers.length} limit={factLimits.containers}>
          <ContainerFacts containers={containers} />
        </FactSection>
      )}
      {processes && (
        <FactSection title="Processes" count={processes.length} limit={factLimits.processes}>
          <ProcessFacts processes={processes} containers={containers ?? []} />
        </FactSection>
      )}
      {events && (
        <FactSection title="Events since the step was opened" count={events.length} limit={factLimits.events}>
          <EventFacts events={events} />
        </FactSection>
      )}
      {files && files.length > 0 && (
        <FactSection title="Files" count={files.length}>
          <FileFacts files={files} />
        </FactSection>
      )}
      {images && (
        <FactSection title="Images" count={images.length} limit={factLimits.images}>
          <ImageFacts images={images} />
        </FactSection>
      )}
      {cgroups && (
        <FactSection title="Limits in the kernel" count={cgroups.length}>
          <CgroupFacts cgroups={cgroups} containers={containers ?? []} />
        </FactSection>
      )}
    </div>
  );
}
