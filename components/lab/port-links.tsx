'use client';
import { ExternalLink, Globe } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { cn } from '#components/ui/cn.ts';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { useLab } from './attempt-context.tsx';
import { OpenPortDialog } from './open-port-dialog.tsx';
import { openPort, portRows, previewHref } from './preview-ports.ts';

/** What the sandbox has open, as links to previews in tabs of their own; the rest, and any other port, in a menu. */
export function PortLinks({ sandboxId }: { sandboxId: string }) {
  const { attempt, ports } = useLab();
  const [asking, setAsking] = useState(false);
  const rows = portRows(ports?.sandboxId === sandboxId ? ports.ports : []);
  const shown = rows.filter(row => row.open).slice(0, 2);
  return (
    <>
      {shown.map((row, at) => (
        <a
          key={row.port}
          href={previewHref(attempt.id, row.port)}
          target="_blank"
          rel="noopener"
          title={row.about}
          className={buttonStyle(
            'quiet',
            'sm',
            cn('px-2 text-accent-ink', at === 0 ? 'max-md:hidden' : 'max-xl:hidden'),
          )}
        >
          Open port {row.port}
          <ExternalLink aria-hidden />
        </a>
      ))}
      <DropdownMenu
        align="end"
        trigger={
          <Button
            size="icon-sm"
            variant="quiet"
            className="mr-1"
            aria-label={rows.length > 0 ? `Ports of the sandbox, ${rows.length} in use` : 'Ports of the sandbox'}
            icon={<Globe aria-hidden className="size-4.5" />}
          />
        }
      >
        <MenuLabel>{rows.length > 0 ? 'Opens in a tab of its own' : 'Nothing is published yet'}</MenuLabel>
        {rows.map(row => (
          <MenuItem
            key={row.port}
            icon={<ExternalLink aria-hidden />}
            disabled={!row.open}
            onSelect={() => openPort(attempt.id, row.port)}
          >
            <span className="min-w-0">
              <span className="block">{row.open ? `Open port ${row.port}` : `Port ${row.port}`}</span>
              <span className="block break-words text-muted text-xs">{row.about}</span>
            </span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<Globe aria-hidden />} onSelect={() => setAsking(true)}>
          Open another port
        </MenuItem>
      </DropdownMenu>
      <OpenPortDialog attemptId={attempt.id} open={asking} onOpenChange={setAsking} />
    </>
  );
}
