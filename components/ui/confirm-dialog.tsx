'use client';
import * as Primitive from 'radix-ui/alert-dialog';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { dialogOverlayStyle, dialogPanelStyle } from '#components/ui/dialog-style.ts';

export interface ConfirmDialogProps {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** A question: "End this sandbox?" */
  title: ReactNode;
  /** What will be lost and what will be kept. */
  description: ReactNode;
  /** Says what happens, never "OK": "End sandbox". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'danger' | 'primary';
  /** Stays open and busy while it runs; shows the message if it throws, closes otherwise. */
  onConfirm: () => void | Promise<void>;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const [innerOpen, setInnerOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const open = props.open ?? innerOpen;

  const change = (next: boolean) => {
    if (busy) return;
    setProblem(undefined);
    setInnerOpen(next);
    props.onOpenChange?.(next);
  };

  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onConfirm();
      setInnerOpen(false);
      props.onOpenChange?.(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work. Nothing was changed.');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Primitive.Root open={open} onOpenChange={change}>
      {props.trigger && <Primitive.Trigger asChild>{props.trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className={dialogOverlayStyle} />
        <Primitive.Content className={dialogPanelStyle}>
          <Primitive.Title className="text-xl">{props.title}</Primitive.Title>
          <Primitive.Description className="mt-2 text-muted text-sm">{props.description}</Primitive.Description>
          {props.children && <div className="mt-4">{props.children}</div>}
          {problem && <Callout tone="failed" title={problem} className="mt-4" />}
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <Primitive.Cancel asChild>
              <Button>{props.cancelLabel ?? 'Cancel'}</Button>
            </Primitive.Cancel>
            <Button variant={props.tone ?? 'danger'} busy={busy} onClick={confirm}>
              {props.confirmLabel}
            </Button>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
