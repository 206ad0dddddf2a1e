'use client';
import { CornerDownLeft } from 'lucide-react';
import { useContext } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { TerminalCommandContext } from './terminal-command-context.tsx';

/** Types the block's command into the terminal that the learner looks at. */
export function RunButton({ command }: { command: string }) {
  const terminal = useContext(TerminalCommandContext);
  if (!terminal) return null;
  const run = () => {
    if (terminal.run(command)) return;
    toast.error('There is no live terminal to type into. Nothing was run. Open one, then press Run again.');
  };
  return (
    <Button size="sm" variant="quiet" icon={<CornerDownLeft aria-hidden />} onClick={run}>
      Run
      <span className="sr-only"> in the terminal: {command.split('\n')[0]}</span>
    </Button>
  );
}
