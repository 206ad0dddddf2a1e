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

export function ThemeToggle() {
  const { choice, shown, choose } = useTheme();
  return (
    <DropdownMenu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label="Theme"
          icon={shown === 'dark' ? <Moon aria-hidden /> : <Sun aria-hidden />}
        />
      }
    >
      <MenuRadioGroup value={choice} onValueChange={value => choose(value as ThemeChoice)} options={options} />
    </DropdownMenu>
  );
}
