import { Check } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { lostShellWords } from './connection-words.ts';

/** Says over the foot of a fresh terminal why it is a fresh one. */
export function LostShellNotice({ onClose }: { onClose: () => void }) {
  return (
    <Callout
      role="status"
      tone={lostShellWords.tone}
      title={lostShellWords.title}
      kept={lostShellWords.kept}
      todo={lostShellWords.todo}
      className="absolute inset-x-3 bottom-3 z-10 mx-auto max-w-2xl animate-rise shadow-float"
      actions={
        <Button size="sm" icon={<Check aria-hidden />} onClick={onClose}>
          Understood
        </Button>
      }
    />
  );
}
