'use client';
import * as Primitive from 'radix-ui/tabs';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { tabListStyle, tabStyle } from '#components/ui/tab-style.ts';

export interface TabItem {
  value: string;
  label: ReactNode;
  content: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface TabsProps {
  /** Names the set of tabs for screen readers. */
  label: string;
  items: readonly TabItem[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  /** Keeps hidden panels in the page, so that what they hold (a terminal, a form) is not lost. */
  keepMounted?: boolean;
  className?: string;
  panelClassName?: string;
}

export function Tabs({
  label,
  items,
  defaultValue = items[0]?.value,
  keepMounted,
  className,
  panelClassName,
  ...state
}: TabsProps) {
  return (
    <Primitive.Root
      {...state}
      defaultValue={state.value === undefined ? defaultValue : undefined}
      className={cn('min-w-0', className)}
    >
      <Primitive.List aria-label={label} className={tabListStyle}>
        {items.map(item => (
          <Primitive.Trigger key={item.value} value={item.value} disabled={item.disabled} className={tabStyle}>
            {item.icon}
            {item.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {items.map(item => (
        <Primitive.Content
          key={item.value}
          value={item.value}
          forceMount={keepMounted ? true : undefined}
          className={cn('pt-5 data-[state=inactive]:hidden', panelClassName)}
        >
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
