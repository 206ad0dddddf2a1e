import { Kbd } from '#components/ui/kbd.tsx';
import type { ConnectionStatus } from './terminal-connection.ts';

const words: Record<ConnectionStatus['state'], string> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  ended: 'Ended',
};

/** The foot of the panel: how the connection is, and how to get out by keyboard. */
export function StatusLine({ status, readOnly }: { status: ConnectionStatus | null; readOnly: boolean }) {
  return (
    <p className="flex min-h-8 items-center justify-between gap-3 border-line border-t px-3 text-muted text-xs">
      <span>
        {status ? words[status.state] : 'No terminal'}
        {readOnly && ' · you can look, not type'}
      </span>
      <span className="pointer-coarse:hidden">
        <Kbd>Shift</Kbd> + <Kbd>Tab</Kbd> leaves the terminal
      </span>
    </p>
  );
}
