import type { Facts } from '#domain/facts/facts.ts';
import { quoteLearnerText } from './quote-learner-text.ts';

type Part = 'daemon' | 'containerd' | 'containers' | 'images' | 'processes' | 'events' | 'files' | 'cgroups';

const UNSEEN: Record<Part, string> = {
  daemon: 'dockerd could not be looked at',
  containerd: 'containerd could not be looked at',
  containers: 'the containers could not be listed',
  images: 'the images could not be listed',
  processes: 'the process table could not be read',
  events: 'the journal of events could not be read',
  files: 'the file could not be read',
  cgroups: 'the cgroups could not be read',
};

const recorded = (facts: Facts, part: Part): string | null => facts.gaps.find(gap => gap.part === part)?.reason ?? null;

/** Why a part of the facts is null: what an unknown verdict says it observed. */
export function whyUnseen(facts: Facts, part: Part): string {
  const overApi = part === 'containers' || part === 'images' || part === 'daemon';
  const daemonReason = overApi ? (recorded(facts, 'daemon') ?? facts.daemon?.reason ?? null) : null;
  const reason = recorded(facts, part) ?? daemonReason;
  return reason === null ? UNSEEN[part] : `${UNSEEN[part]}: ${quoteLearnerText(reason)}`;
}

/** Why this file was not read: files share one part, so a reason begins with the path it is about. */
export function whyFileUnseen(facts: Facts, path: string): string {
  const own = facts.gaps.find(gap => gap.part === 'files' && gap.reason.startsWith(`${path}: `));
  return own ? `${UNSEEN.files}: ${quoteLearnerText(own.reason.slice(path.length + 2))}` : whyUnseen(facts, 'files');
}

/** Why a list that is there may lack members (it was cut, or one member could not be read); null when it is whole. */
export function whyPartial(facts: Facts, part: Part): string | null {
  const reason = recorded(facts, part);
  return reason === null ? null : quoteLearnerText(reason);
}

/** What a comparison says when nobody saw the earlier side; continues a sentence about the object. */
export function noBaseline(facts: Facts | null, part: Part): string {
  if (facts === null) return 'was not looked at when this step was opened';
  return `was not seen when this step was opened: ${whyUnseen(facts, part)}`;
}
