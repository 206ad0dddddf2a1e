'use client';
import { X } from 'lucide-react';
import * as Primitive from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { buttonStyle } from '#components/ui/button-style.ts';
import { cn } from '#components/ui/cn.ts';
import { dialogOverlayStyle, dialogPanelStyle } from '#components/ui/dialog-style.ts';

export interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out when `open` is controlled from elsewhere. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: 'md' | 'lg';
  /** Buttons, the main one last. Wrap one in DialogClose to close by it. */
  footer?: ReactNode;
  children?: ReactNode;
}

export const DialogClose = Primitive.Close;

export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  size = 'md',
  footer,
  children,
}: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className={dialogOverlayStyle} />
        <Primitive.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(dialogPanelStyle, size === 'lg' && 'sm:max-w-3xl')}
        >
          <Primitive.Title className="pr-10 text-xl">{title}</Primitive.Title>
          {description && (
            <Primitive.Description className="mt-2 text-muted text-sm">{description}</Primitive.Description>
          )}
          {children && <div className="mt-5">{children}</div>}
          {footer && <div className="mt-6 flex flex-wrap justify-end gap-3">{footer}</div>}
          <Primitive.Close aria-label="Close" className={buttonStyle('quiet', 'icon-sm', 'absolute top-4 right-4')}>
            <X />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
