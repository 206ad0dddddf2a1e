'use client';
import { LogOut, Save, UserRound } from 'lucide-react';
import { signOutAction } from '#app/_components/sign-out-action.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '#components/ui/dropdown-menu.tsx';

/** The account's menu; `email` is null for a guest. */
export function UserMenu({ name, email }: { name: string; email: string | null }) {
  return (
    <DropdownMenu
      trigger={
        <Button variant="quiet" size="icon" aria-label={`Account of ${name}`} icon={<Avatar name={name} size={30} />} />
      }
    >
      <MenuLabel>{email ?? 'You are a guest'}</MenuLabel>
      {email === null ? (
        <MenuLink href="/account" icon={<Save aria-hidden />}>
          Keep your progress
        </MenuLink>
      ) : (
        <MenuLink href="/account" icon={<UserRound aria-hidden />}>
          Account
        </MenuLink>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOutAction()}>
        {email === null ? 'Leave' : 'Sign out'}
      </MenuItem>
    </DropdownMenu>
  );
}
