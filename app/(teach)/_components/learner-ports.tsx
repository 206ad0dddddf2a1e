import { ExternalLink } from 'lucide-react';
import { portRows, previewHref } from '#components/lab/preview-ports.ts';
import { buttonStyle } from '#components/ui/button-style.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { getRuntime } from '#server/runtime.ts';

/** Links to previews of what a learner has published just now, for who may look at the attempt; nothing when there is nothing. */
export async function LearnerPorts({ viewer, attempt }: { viewer: Viewer; attempt: string }) {
  const rows = portRows(await portsOf(viewer, attempt)).filter(row => row.open);
  return rows.slice(0, 4).map(row => (
    <a
      key={row.port}
      href={previewHref(attempt, row.port)}
      target="_blank"
      rel="noopener"
      title={row.about}
      className={buttonStyle('secondary', 'sm')}
    >
      Open port {row.port}
      <ExternalLink aria-hidden />
    </a>
  ));
}

/** What cannot be seen right now is not worth an error on a page about something else. */
async function portsOf(viewer: Viewer, attempt: string) {
  const { attempts, sandboxd } = getRuntime();
  try {
    const { sandbox } = await attempts.view(viewer, attempt);
    if (sandbox?.state !== 'ready') return [];
    return await sandboxd.call('sandbox.ports', { sandboxId: sandbox.id });
  } catch {
    return [];
  }
}
