'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { buttonStyle } from '#components/ui/button-style.ts';
import { cn } from '#components/ui/cn.ts';
import { copyText } from '#components/ui/copy-text.ts';

const shownFor = 1600;

export interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy join link". */
  label?: string;
  /** With the words beside the icon. */
  wide?: boolean;
  className?: string;
}

export function CopyButton({ text, label = 'Copy', wide, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    if (await copyText(text)) setCopied(true);
    else toast.error('The browser did not allow copying. Select the text and copy it by keyboard.');
  };

  return (
    <button
      type="button"
      onClick={copy}
      aria-label={wide ? undefined : label}
      className={
        wide
          ? buttonStyle('secondary', 'sm', className)
          : buttonStyle('quiet', 'icon-sm', cn('[&_svg]:size-4', className))
      }
    >
      {copied ? <Check aria-hidden className="text-passed" /> : <Copy aria-hidden />}
      {wide && (copied ? 'Copied' : label)}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}
