import { Plus, RotateCw, X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { connectionWords } from './connection-words.ts';
import type { ConnectionStatus } from './terminal-connection.ts';

export interface ConnectionBannerProps {
  status: ConnectionStatus;
  onRetry: () => void;
  onOpen: () => void;
  onClose: () => void;
}

/** Lies over the foot of a terminal that is not live, and leaves its output in sight. */
export function ConnectionBanner({ status, onRetry, onOpen, onClose }: ConnectionBannerProps) {
  const words = connectionWords(status);
  if (!words) return null;
  const ended = status.state === 'ended';
  return (
    <Callout
      role={ended ? 'status' : 'alert'}
      tone={words.tone}
      title={words.title}
      kept={words.kept}
      todo={words.todo}
      className="absolute inset-x-3 bottom-3 z-10 mx-auto max-w-2xl animate-rise shadow-float"
      actions={
        ended ? (
          <>
            <Button size="sm" variant="primary" icon={<Plus aria-hidden />} onClick={onOpen}>
              New terminal
            </Button>
            <Button size="sm" icon={<X aria-hidden />} onClick={onClose}>
              Close this one
            </Button>
          </>
        ) : (
          <Button size="sm" icon={<RotateCw aria-hidden />} onClick={onRetry}>
            Try now
          </Button>
        )
      }
    />
  );
}
