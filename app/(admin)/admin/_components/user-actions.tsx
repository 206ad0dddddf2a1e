'use client';
import { KeyRound, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState, useTransition } from 'react';
import { toast } from 'sonner';
import { removeUserAction, resetLinkAction, setRoleAction } from '#app/(admin)/admin/_components/user-action.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import type { UserRow } from '#data/users.ts';
import { roleNames } from '#domain/access/roles.ts';
import { roles } from '#domain/access/viewer.ts';

/** What an admin can do with one account. */
export function UserActions({ user, self }: { user: UserRow; self: boolean }) {
  const [busy, start] = useTransition();
  const [removing, setRemoving] = useState(false);
  const [link, setLink] = useState<{ url: string; hours: number } | null>(null);

  const makeLink = () =>
    start(async () => {
      const made = await resetLinkAction(user.id);
      if ('problem' in made) toast.error(made.problem);
      else setLink(made);
    });
  const setRole = (role: string) =>
    start(async () => {
      const { problem } = await setRoleAction(user.id, role);
      if (problem) toast.error(problem);
    });
  const remove = async () => {
    const { problem } = await removeUserAction(user.id);
    if (problem) throw new Error(problem);
  };

  return (
    <>
      <DropdownMenu
        trigger={
          <Button
            variant="quiet"
            size="icon-sm"
            busy={busy}
            aria-label={`Actions for ${user.name}`}
            icon={<MoreHorizontal aria-hidden />}
          />
        }
      >
        {!user.guest && (
          <>
            {!self && (
              <>
                <MenuLabel>Role</MenuLabel>
                <MenuRadioGroup
                  value={user.role}
                  onValueChange={setRole}
                  options={roles.map(role => ({ value: role, label: roleNames[role] }))}
                />
                <MenuSeparator />
              </>
            )}
            <MenuItem icon={<KeyRound aria-hidden />} onSelect={makeLink}>
              Link for a new password
            </MenuItem>
          </>
        )}
        {self ? (
          <MenuLabel>This is you</MenuLabel>
        ) : (
          <MenuItem tone="danger" icon={<Trash2 aria-hidden />} onSelect={() => setRemoving(true)}>
            Remove account
          </MenuItem>
        )}
      </DropdownMenu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${user.name}?`}
        description={`The account and its ${user.attempts} attempts are deleted for good, with all answers and verdicts. Running sandboxes end by themselves.`}
        confirmLabel="Remove account"
        onConfirm={remove}
      />
      <Dialog
        open={link !== null}
        onOpenChange={open => !open && setLink(null)}
        title="Link for a new password"
        description={`Give it to ${user.name}. It works once, for ${link?.hours ?? 0} hours, and is shown only now. Until it is used, the old password holds.`}
      >
        <div className="grid gap-3">
          <p className="break-all rounded-md bg-well p-3 font-mono text-sm">{link?.url}</p>
          <div>
            <CopyButton wide text={link?.url ?? ''} label="Copy link" />
          </div>
        </div>
      </Dialog>
    </>
  );
}
