'use client';
import { ExternalLink } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { openPort, typedPort } from './preview-ports.ts';

export interface OpenPortDialogProps {
  attemptId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Any port by its number, for what the list does not show. */
export function OpenPortDialog({ attemptId, open, onOpenChange }: OpenPortDialogProps) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const form = useId();
  const go = (event: FormEvent) => {
    event.preventDefault();
    const port = typedPort(text);
    setWrong(port === null);
    if (port === null) return;
    openPort(attemptId, port);
    onOpenChange(false);
  };
  return (
    <Dialog
      title="Open another port"
      description="The page opens in a tab of its own. A port answers when a container publishes it, or when a program in the sandbox listens on 0.0.0.0."
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <Button type="submit" form={form} variant="primary" icon={<ExternalLink aria-hidden />}>
          Open
        </Button>
      }
    >
      <form id={form} onSubmit={go} noValidate>
        <TextField
          label="Port"
          inputMode="numeric"
          autoComplete="off"
          placeholder="8080"
          value={text}
          onChange={event => setText(event.target.value)}
          error={wrong ? 'A port is a number from 1 to 65535.' : undefined}
        />
      </form>
    </Dialog>
  );
}
