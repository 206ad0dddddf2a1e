'use client';
import { MoreHorizontal, UserMinus } from 'lucide-react';
import { useRouter } from 'next/navigation';
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

/** What an instructor can do with one member; `self`: that is the reader. */
export function MemberActions(props: { classId: string; member: ClassMemberRow; self: boolean }) {
  const { classId, member, self } = props;
  const router = useRouter();
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
          {self ? 'Leave this class' : 'Remove from class'}
        </MenuItem>
      </DropdownMenu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={self ? 'Leave this class?' : `Remove ${member.name}?`}
        description={
          self
            ? 'You no longer see it. The class, its members and its results stay, with the other instructors.'
            : 'The account and everything it did in the labs stay; you no longer see it here. With the join link one can come back: renew it if that must not be.'
        }
        confirmLabel={self ? 'Leave class' : 'Remove from class'}
        onConfirm={async () => {
          const { problem } = await removeMemberAction(classId, member.userId);
          if (problem) throw new Error(problem);
          if (self) router.push('/classes');
        }}
      />
    </>
  );
}
