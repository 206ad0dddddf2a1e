import { formatDistance } from 'date-fns';
import type { Metadata } from 'next';
import { ProblemCallout } from '#app/_components/problem-callout.tsx';
import { utc } from '#app/_components/when.ts';
import { AdminPage } from '#app/(admin)/admin/_components/admin-page.tsx';
import { RefreshEvery } from '#app/(admin)/admin/_components/refresh-every.tsx';
import { requireAdmin } from '#app/(admin)/admin/_components/require-admin.ts';
import { PreflightCard } from '#components/host/preflight-card.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { Stat } from '#components/ui/stat.tsx';
import type { HostStatus } from '#domain/protocol/rpc.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Sandbox host' };

const lede = 'The one trusted container in which all sandboxes run.';

export default async function HostPage() {
  await requireAdmin('host.view', '/admin/host');
  const { sandboxd, http } = getRuntime();
  let host: HostStatus;
  try {
    host = await sandboxd.call('host.status', {});
  } catch (error) {
    return (
      <AdminPage title="Sandbox host" lede={lede}>
        <ProblemCallout text={http.explain(error)} />
        <RefreshEvery seconds={3} />
      </AdminPage>
    );
  }
  const facts: [string, string][] = [
    ['sandboxd', `version ${host.version}, up for ${formatDistance(host.startedAt, host.at)}`],
    ['Started', utc(host.startedAt)],
    ['Docker in the host', host.engine.up ? `up, version ${host.engine.version ?? 'not known'}` : 'does not answer'],
    ['Lab image', host.labImage ?? 'not loaded yet'],
    ['Kernel', host.kernel],
    ['Cgroups', `version ${host.cgroupVersion}`],
  ];
  return (
    <AdminPage title="Sandbox host" lede={lede}>
      <RefreshEvery seconds={5} />
      {!host.engine.up && (
        <Callout
          tone="warn"
          title="Docker in the sandbox host does not answer."
          kept="Sandboxes that run, and all progress."
          todo="It is restarted by itself within seconds. If this stays, run npm run doctor on the server."
        />
      )}
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Stat
          label="Sandboxes"
          value={host.sandboxes}
          hint={`of at most ${host.capacity.maxSandboxes}${host.pool.suspended > 0 ? `, ${host.pool.suspended} asleep` : ''}`}
        />
        <Stat label="Warm" value={host.pool.warm} hint={`${host.pool.target} wanted`} />
        <Stat label="Warming up" value={host.pool.warming} hint={`${host.pool.queued} in the queue`} />
        <Stat label="Memory free" value={gibibytes(host.capacity.memoryFreeBytes)} hint="on the machine" />
      </div>
      {host.network.problem !== null && (
        <Callout
          tone="warn"
          title={`The network fence does not hold: ${host.network.problem}`}
          kept="Sandboxes that run, and all progress. No sandbox is handed out meanwhile."
          todo="It is put up again by itself. If this stays, run npm run doctor on the server."
        />
      )}
      <PreflightCard
        preflight={host.preflight}
        found={host.preflight.at === null ? null : `found ${utc(host.preflight.at)}`}
      />
      <Card>
        <CardHeader title="What runs there" />
        <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[12rem_1fr]">
          {facts.map(([term, text]) => (
            <div key={term} className="contents">
              <dt className="text-muted">{term}</dt>
              <dd className="min-w-0 break-words max-sm:mb-2">{text}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </AdminPage>
  );
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
