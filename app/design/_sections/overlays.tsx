'use client';
import { LogOut, Trash2, User } from 'lucide-react';
import { toast } from 'sonner';
import { Section } from '#app/design/_sections/section.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { LinkTabs } from '#components/ui/link-tabs.tsx';
import { SubmitButton } from '#components/ui/submit-button.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';

export function Overlays() {
  return (
    <Section title="Menus, dialogs, tabs">
      <div className="flex flex-wrap items-center gap-3">
        <Dialog
          trigger={<Button>New class</Button>}
          title="New class"
          description="You get a join link to share. Learners see only the labs you assign."
          footer={
            <>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <Button variant="primary">Create class</Button>
            </>
          }
        >
          <TextField label="Name" placeholder="Operating systems, autumn" />
        </Dialog>
        <ConfirmDialog
          trigger={<Button variant="danger">End sandbox</Button>}
          title="End this sandbox?"
          description="Its containers, images and files are lost. Progress and answers are kept."
          confirmLabel="End sandbox"
          onConfirm={async () => {
            await new Promise(done => setTimeout(done, 600));
            throw new Error('The sandbox host does not answer. Nothing was changed.');
          }}
        />
        <DropdownMenu
          trigger={<Button variant="quiet" size="icon" aria-label="Account" icon={<Avatar name="Ada Lovelace" />} />}
        >
          <MenuLabel>Ada Lovelace</MenuLabel>
          <MenuLink href="/design" icon={<User aria-hidden />}>
            Your account
          </MenuLink>
          <MenuItem icon={<LogOut aria-hidden />}>Sign out</MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} tone="danger">
            Delete progress
          </MenuItem>
        </DropdownMenu>
        <Tooltip label="Checks run by themselves; this runs them at once.">
          <Button variant="quiet">Why a button?</Button>
        </Tooltip>
        <Button onClick={() => toast.success('Task passed', { description: 'Kill dockerd with SIGKILL' })}>
          Toast
        </Button>
        <Button onClick={() => toast.error('Not copied')}>Toast, error</Button>
        <form action={() => new Promise<void>(done => setTimeout(done, 900))}>
          <SubmitButton>Save</SubmitButton>
        </form>
        <CopyButton wide label="Copy join link" text="https://example.org/join/abc" />
      </div>
      <LinkTabs
        label="Class"
        items={[
          { href: '/design', label: 'Progress' },
          { href: '/design/members', label: 'Members' },
        ]}
      />
      <Tabs
        label="Sandbox"
        items={[
          { value: 'guide', label: 'Guide', content: 'Steps, tasks and questions.' },
          { value: 'picture', label: 'Process tree', content: 'What runs below whom.' },
          { value: 'log', label: 'Journal', content: 'What the daemon did.' },
        ]}
      />
    </Section>
  );
}
