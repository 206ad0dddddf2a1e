import type { ContainerFact, EventFact, FactNeeds, Facts } from '#domain/facts/facts.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { bootTime } from '../host/boot-clock.ts';
import type { PacedWork } from '../host/paced-work.ts';
import { type ProcessTable, readProcessTable } from '../host/process-table.ts';
import { boundedText } from './bounded-text.ts';
import { corroborate } from './corroborate.ts';
import { observeCgroups } from './observe-cgroups.ts';
import { observeContainers } from './observe-containers.ts';
import { observeFiles } from './observe-files.ts';
import { observeImages } from './observe-images.ts';
import { observerLimits } from './observer-limits.ts';
import type { SandboxTarget } from './sandbox-target.ts';
import { observeContainerd, observeDaemon } from './services.ts';

/** The journal as far as facts need it. */
export interface JournalReader {
  seq(): number;
  after(seq: number): { events: EventFact[]; gap: string | null };
}

/**
 * Looks at a sandbox and returns what was asked for. Never throws because of what it finds: what could not be seen is
 * null with a gap that says why.
 */
export async function collectFacts(
  needs: FactNeeds,
  sandbox: {
    target: SandboxTarget;
    docker: EngineClient;
    journal: JournalReader;
    work: PacedWork;
    now?: () => number;
  },
): Promise<Facts> {
  const { target, docker, journal, work, now = Date.now } = sandbox;
  const timeoutMs = observerLimits.factsTimeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const gaps: Facts['gaps'] = [];
  // Before looking: whatever happens from here on is told again by a later event.
  const [at, seq] = [now(), journal.seq()];

  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not seen within ${timeoutMs} ms`)), timeoutMs);
  });
  late.catch(() => {});
  async function seen<T>(part: string, look: () => Promise<{ value: T; gaps?: Facts['gaps'] }>): Promise<T | null> {
    try {
      const found = await Promise.race([look(), late]);
      gaps.push(...(found.gaps ?? []));
      return found.value;
    } catch (error) {
      gaps.push({ part, reason: (error as Error).message });
      return null;
    }
  }

  const inContainers = needs.files.some(file => file.container !== null);
  const needsContainers = needs.containers || inContainers;
  const needsProcesses = needs.processes || needs.daemon || needs.cgroups || inContainers;
  // To hold the daemon's word against, silently: who did not ask for processes is not told that they cannot be seen.
  const unasked = () =>
    readTable(target, work).then(
      ({ value }) => value,
      () => null,
    );
  const [firstTable, told, images] = await Promise.all([
    needsProcesses ? seen('processes', () => readTable(target, work)) : needsContainers ? unasked() : null,
    needsContainers ? seen('containers', () => observeContainers(docker)) : null,
    needs.images ? seen('images', () => observeImages(docker)) : null,
  ]);
  let [table, containers] = [firstTable, told];
  if (table && told && !table.truncated && corroborate(told, table.processes).contradicted.length > 0) {
    // It may have started between the two looks.
    table = (await unasked()) ?? table;
    const { believed, contradicted } = corroborate(told, table.processes);
    if (contradicted.length > 0) gaps.push({ part: 'containers', reason: unborne(contradicted) });
    containers = believed;
  }
  const daemon = needs.daemon && table ? await observeDaemon(docker, table.processes) : null;
  const files = needs.files.length > 0 ? observeFiles(needs.files, target, containers, table?.processes ?? []) : null;
  gaps.push(...(files?.gaps ?? []));
  clearTimeout(timer);
  const events = needs.eventsAfter === null ? null : journal.after(needs.eventsAfter);
  if (events?.gap) gaps.push({ part: 'events', reason: events.gap });
  return {
    sandboxId: target.sandboxId,
    at,
    seq,
    daemon,
    containerd: needs.daemon && table ? observeContainerd(table.processes) : null,
    containers: needs.containers ? containers : null,
    images,
    processes: needs.processes ? (table?.processes ?? null) : null,
    events: events?.events ?? null,
    files: files?.files ?? null,
    cgroups: needs.cgroups && table ? observeCgroups(target.view.cgroups, table.processes, table.cgroupPaths) : null,
    gaps: gaps.slice(0, MAX_GAPS),
  };
}

function unborne(contradicted: readonly ContainerFact[]): string {
  const names = contradicted.slice(0, 3).map(container => boundedText(container.name));
  return `the daemon says that ${names.join(', ')} runs, and the kernel shows no such process`;
}

/** A sandbox full of things we cannot see needs no longer explanation than this. */
const MAX_GAPS = 32;

async function readTable(
  target: SandboxTarget,
  work: PacedWork,
): Promise<{ value: ProcessTable; gaps: Facts['gaps'] }> {
  const value = await readProcessTable({ ...target.view, boot: bootTime() }, work);
  if (value.processes.length === 0) throw new Error('the sandbox has no processes: it is gone');
  const gaps = value.truncated ? [{ part: 'processes', reason: 'more processes than are looked at' }] : [];
  return { value, gaps };
}
