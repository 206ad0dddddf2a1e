import { setTimeout as sleep } from 'node:timers/promises';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppHeader } from '#app/_components/app-header.tsx';
import { requireViewer } from '#app/_components/viewer.ts';
import { ConnectionBanner } from '#components/lab/connection-banner.tsx';
import { LabContextLine } from '#components/lab/lab-context-line.tsx';
import { labHref } from '#components/lab/lab-links.ts';
import { LabRoot } from '#components/lab/lab-root.tsx';
import { readSplit } from '#components/lab/split-cookie.ts';
import { SplitView } from '#components/lab/split-view.tsx';
import { TerminalPane } from '#components/lab/terminal-pane.tsx';
import type { KnownTerminals } from '#components/lab/use-terminals.ts';
import { findActiveAttempt } from '#data/attempts.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import { getRuntime } from '#server/runtime.ts';

interface Props {
  params: Promise<{ course: string; lab: string }>;
  children: ReactNode;
}

/** The lab page around its steps. It stays while one goes from step to step, and so do the terminals. */
export default async function LabLayout({ params, children }: Props) {
  const { course, lab: slug } = await params;
  const href = labHref({ course, slug });
  const viewer = await requireViewer(href);
  const { db, attempts, catalog, sandboxd } = getRuntime();
  const active = await findActiveAttempt(db, viewer, course, slug);
  if (!active) redirect(href);
  const [attempt, lab, opened] = await Promise.all([
    attempts.view(viewer, active.id),
    attempts.lab(viewer, active.id),
    attempts.opened(viewer, active.id),
  ]);
  const known = await knownTerminals(viewer, attempt);
  const courseTitle = catalog.courses().find(one => one.slug === course)?.title ?? course;
  return (
    <LabRoot
      key={active.id}
      attempt={attempt}
      lab={lab}
      opened={opened}
      host={sandboxd.reachable ? 'reachable' : 'unreachable'}
      readOnly={false}
    >
      <div className="relative flex h-dvh flex-col overflow-clip">
        <AppHeader compact context={<LabContextLine courseTitle={courseTitle} />} />
        <main id="main" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col outline-none">
          <ConnectionBanner />
          <SplitView
            guide={children}
            terminal={<TerminalPane known={known} />}
            guideShare={readSplit(await cookies())}
          />
        </main>
      </div>
    </LabRoot>
  );
}

/** Longest wait for a terminal that is being opened: with a warm sandbox it is there by then, and saves the page a question. */
const terminalsMs = 300;

/** The sandbox's terminals, when they can be told at once; the page asks otherwise. */
async function knownTerminals(viewer: Viewer, attempt: AttemptView): Promise<KnownTerminals | null> {
  const { attempts, sandboxd } = getRuntime();
  const sandboxId = attempt.sandbox?.state === 'ready' ? attempt.sandbox.id : null;
  if (!sandboxId || !sandboxd.reachable) return null;
  const list = attempts.listTerminals(viewer, attempt.id).catch(() => null);
  const found = await Promise.race([list, sleep(terminalsMs, null)]);
  return found && { sandboxId, list: found };
}
