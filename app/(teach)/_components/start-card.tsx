import { RefreshEvery } from '#app/(admin)/admin/_components/refresh-every.tsx';
import { AnnounceClass } from '#app/(teach)/_components/announce-class.tsx';
import { announcedWords } from '#app/(teach)/_components/announced-words.ts';
import { CancelAnnouncement } from '#app/(teach)/_components/cancel-announcement.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { getRuntime } from '#server/runtime.ts';

/** Before a class starts: warm up sandboxes for it, and see how many are ready. */
export async function StartCard({ classId, learners }: { classId: string; learners: number }) {
  const { sandboxd } = getRuntime();
  const host = await sandboxd.call('host.status', {}).catch(() => null);
  const announced = host?.pool.announced.find(one => one.id === classId);
  return (
    <Card>
      <CardHeader title="A class is about to start?" />
      {announced ? (
        <div className="grid gap-4">
          {announced.arrived < announced.size ? <RefreshEvery seconds={5} /> : null}
          <ProgressBar
            label="Sandboxes ready"
            value={announced.ready + announced.arrived}
            max={announced.size}
            text={`${announced.ready + announced.arrived} of ${announced.size}`}
          />
          <p role="status" className="text-muted text-sm">
            {announcedWords(announced, host?.at ?? 0)}
          </p>
          <div className="flex flex-wrap gap-2">
            <AnnounceClass classId={classId} learners={announced.size} again />
            <CancelAnnouncement classId={classId} />
          </div>
        </div>
      ) : (
        <>
          <p className="mb-4 text-muted text-sm">
            Have sandboxes wait before everybody arrives, so that each learner has a prompt at once.
          </p>
          {host ? (
            <AnnounceClass classId={classId} learners={learners} />
          ) : (
            <p className="text-sm">The sandbox host does not answer at the moment. Reload the page in a minute.</p>
          )}
        </>
      )}
    </Card>
  );
}
