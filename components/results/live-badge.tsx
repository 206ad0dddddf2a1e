'use client';
import { Radio, WifiOff } from 'lucide-react';
import type { Connection } from '#components/lab/live-connection.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { errorTable } from '#domain/protocol/errors.ts';

/** Whether the figures on the page are those of this moment. */
export function LiveBadge({ connection }: { connection: Connection }) {
  return (
    <span role="status">
      {connection.state === 'live' && (
        <Badge tone="passed" icon={<Radio aria-hidden />}>
          Live
        </Badge>
      )}
      {connection.state === 'connecting' && <Badge icon={<Spinner className="size-3.5" />}>Connecting</Badge>}
      {connection.state === 'lost' && (
        <Badge tone="undone" icon={<Spinner className="size-3.5" />} className="whitespace-normal">
          Connection lost: trying again, the table stays as it was
        </Badge>
      )}
      {connection.state === 'refused' && (
        <Badge tone="failed" icon={<WifiOff aria-hidden />} className="whitespace-normal">
          {errorTable[connection.code].learner}
        </Badge>
      )}
    </span>
  );
}
