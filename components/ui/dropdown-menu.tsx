'use client';
import { Check } from 'lucide-react';
import Link from 'next/link';
import * as Primitive from 'radix-ui/dropdown-menu';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

const itemStyle =
  'relative flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-well data-[highlighted]:text-ink dark:data-[highlighted]:bg-line pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0';

export interface DropdownMenuProps {
  /** One element that takes a ref, such as a Button. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
  children: ReactNode;
}

export function DropdownMenu({ trigger, align = 'end', side = 'bottom', children }: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 max-w-80 animate-rise overflow-y-auto rounded-lg border border-line bg-raised p-1.5 text-ink shadow-float"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  tone?: 'plain' | 'danger';
  disabled?: boolean;
  onSelect?: (event: Event) => void;
  children: ReactNode;
}

export function MenuItem({ icon, tone, children, ...rest }: MenuItemProps) {
  return (
    <Primitive.Item
      {...rest}
      className={cn(itemStyle, tone === 'danger' ? 'text-failed data-[highlighted]:text-failed' : '[&_svg]:text-muted')}
    >
      {icon}
      {children}
    </Primitive.Item>
  );
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Primitive.Item asChild className={cn(itemStyle, '[&_svg]:text-muted')}>
      <Link href={href}>
        {icon}
        {children}
      </Link>
    </Primitive.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2.5 py-1.5 text-faint text-xs">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}

export interface MenuRadioGroupProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode; icon?: ReactNode }[];
}

export function MenuRadioGroup({ value, onValueChange, options }: MenuRadioGroupProps) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map(option => (
        <Primitive.RadioItem key={option.value} value={option.value} className={cn(itemStyle, 'pr-9')}>
          {option.icon}
          {option.label}
          <Primitive.ItemIndicator className="absolute right-2.5">
            <Check aria-hidden className="text-accent-ink" />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}
