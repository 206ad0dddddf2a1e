'use client';
import { CircleCheckBig, Info, OctagonX, TriangleAlert } from 'lucide-react';
import { Toaster } from 'sonner';
import { useTheme } from '#components/ui/use-theme.ts';

/** Once, in the root layout. Elsewhere: `import { toast } from 'sonner'`. Toasts are news, never the only place of an error. */
export function ToastHost() {
  const { shown } = useTheme();
  return (
    <Toaster
      theme={shown}
      position="bottom-right"
      gap={10}
      style={{ fontFamily: 'var(--font-sans)' }}
      icons={{
        success: <CircleCheckBig className="size-5 text-passed" />,
        error: <OctagonX className="size-5 text-failed" />,
        warning: <TriangleAlert className="size-5 text-undone" />,
        info: <Info className="size-5 text-info" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start gap-3 rounded-lg border border-line bg-raised p-4 text-sm text-ink shadow-float sm:w-(--width)',
          title: 'font-semibold',
          description: 'text-muted',
          content: 'min-w-0 flex-1',
          actionButton: 'shrink-0 rounded-md bg-accent px-3 py-1 font-semibold text-on-accent text-xs',
          cancelButton: 'shrink-0 rounded-md px-3 py-1 font-semibold text-muted text-xs',
        },
      }}
    />
  );
}
