'use client';
import { AArrowDown, AArrowUp, ClipboardPaste, Copy, Ear, EarOff, Search, Settings2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { clampFontSize, fontSizes, type TerminalPreferences } from './terminal-preferences.ts';

export interface TerminalToolbarProps {
  /** There is a terminal that the buttons can act on. */
  enabled: boolean;
  /** Something is selected. */
  canCopy: boolean;
  readOnly: boolean;
  preferences: TerminalPreferences;
  onPreferences: (change: Partial<TerminalPreferences>) => void;
  onSearch: () => void;
  onCopy: () => void;
  onPaste: () => void;
  /** Closes the shown terminal; null when that cannot be done. */
  onClose: (() => void) | null;
}

function Tool(props: { label: string; keys?: string; icon: ReactNode; disabled: boolean; onClick: () => void }) {
  const { label, keys, icon, disabled, onClick } = props;
  return (
    <Tooltip side="bottom" label={keys ? `${label} (${keys})` : label}>
      <Button size="icon-sm" variant="quiet" aria-label={label} icon={icon} disabled={disabled} onClick={onClick} />
    </Tooltip>
  );
}

/** What can be done with the shown terminal. */
export function TerminalToolbar(props: TerminalToolbarProps) {
  const { enabled, canCopy, readOnly, preferences, onPreferences, onClose } = props;
  const { fontSize, screenReader } = preferences;
  const sized = (by: number) => (event: Event) => {
    // The menu stays open: one press is rarely enough.
    event.preventDefault();
    onPreferences({ fontSize: clampFontSize(fontSize + by) });
  };
  return (
    <div role="toolbar" aria-label="Terminal tools" className="flex shrink-0 items-center gap-0.5 pr-1.5">
      <Tool
        label="Search the output"
        keys="Ctrl+Shift+F"
        icon={<Search aria-hidden />}
        disabled={!enabled}
        onClick={props.onSearch}
      />
      <Tool
        label="Copy the selection"
        keys="Ctrl+Shift+C"
        icon={<Copy aria-hidden />}
        disabled={!enabled || !canCopy}
        onClick={props.onCopy}
      />
      {!readOnly && (
        <Tool
          label="Paste"
          keys="Ctrl+Shift+V"
          icon={<ClipboardPaste aria-hidden />}
          disabled={!enabled}
          onClick={props.onPaste}
        />
      )}
      <DropdownMenu
        trigger={
          <Button size="icon-sm" variant="quiet" aria-label="Terminal settings" icon={<Settings2 aria-hidden />} />
        }
      >
        <MenuLabel>Text size: {fontSize} pixels</MenuLabel>
        <MenuItem icon={<AArrowUp aria-hidden />} disabled={fontSize >= fontSizes.max} onSelect={sized(1)}>
          Larger text
        </MenuItem>
        <MenuItem icon={<AArrowDown aria-hidden />} disabled={fontSize <= fontSizes.min} onSelect={sized(-1)}>
          Smaller text
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={screenReader ? <EarOff aria-hidden /> : <Ear aria-hidden />}
          onSelect={() => onPreferences({ screenReader: !screenReader })}
        >
          {screenReader ? 'Turn screen reader mode off' : 'Turn screen reader mode on'}
        </MenuItem>
        {onClose && (
          <>
            <MenuSeparator />
            <MenuItem icon={<X aria-hidden />} onSelect={onClose}>
              Close this terminal
            </MenuItem>
          </>
        )}
      </DropdownMenu>
    </div>
  );
}
