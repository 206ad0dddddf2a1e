'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuRadioGroup } from '#components/ui/dropdown-menu.tsx';
import type { ThemeChoice } from '#components/ui/theme.ts';
import { useTheme } from '#components/ui/use-theme.ts';

const options = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
];

// Which of the two shows is left to CSS: it is right before the page is live.
const icons = (
  <>
    <Sun aria-hidden className="[[data-theme=dark]>body_&]:hidden" />
    <Moon aria-hidden className="[[data-theme=light]>body_&]:hidden" />
  </>
);

export function ThemeToggle() {
  const { choice, choose } = useTheme();
  return (
    <DropdownMenu trigger={<Button variant="quiet" size="icon" aria-label="Theme" icon={icons} />}>
      <MenuRadioGroup value={choice} onValueChange={value => choose(value as ThemeChoice)} options={options} />
    </DropdownMenu>
  );
}
