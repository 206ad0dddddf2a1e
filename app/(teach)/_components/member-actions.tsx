'use client';
import { MoreHorizontal, UserMinus } from 'lucide-react';
import { useState, useTransition } from 'react';
import { toast } from 'sonner';
import { removeMemberAction, setMemberRoleAction } from '#app/(teach)/_components/class-actions.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import type { ClassMemberRow } from '#data/classes.ts';

const roleOptions = [
  { value: 'learner', label: 'Learner' },
  { value: 'instructor', label: 'Instructor' },
];

/** What an instructor can do with one member. */
export function MemberActions({ classId, member }: { classId: string; member: ClassMemberRow }) {
  const [busy, start] = useTransition();
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <DropdownMenu
        trigger={
          <Button
            variant="quiet"
            size="icon-sm"
            busy={busy}
            aria-label={`Actions for ${member.name}`}
            icon={<MoreHorizontal aria-hidden />}
          />
        }
      >
        <MenuLabel>In this class</MenuLabel>
        <MenuRadioGroup
          value={member.role}
          onValueChange={role =>
            start(async () => {
              const { problem } = await setMemberRoleAction(classId, member.userId, role);
              if (problem) toast.error(problem);
            })
          }
          options={roleOptions}
        />
        <MenuSeparator />
        <MenuItem tone="danger" icon={<UserMinus aria-hidden />} onSelect={() => setRemoving(true)}>
          Remove from class
        </MenuItem>
      </DropdownMenu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${member.name}?`}
        description="The account and everything it did in the labs stay; you no longer see it here. With the join link one can come back: renew it if that must not be."
        confirmLabel="Remove from class"
        onConfirm={async () => {
          const { problem } = await removeMemberAction(classId, member.userId);
          if (problem) throw new Error(problem);
        }}
      />
    </>
  );
}
