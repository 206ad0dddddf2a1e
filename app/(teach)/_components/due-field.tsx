'use client';
import { useEffect, useState } from 'react';
import { toLocalBox } from '#app/(teach)/_components/local-box.ts';
import { TextField } from '#components/ui/text-field.tsx';

/** Day and time of the browser's own zone; which one that is travels along. */
export function DueField({ dueAt = null, typed }: { dueAt?: number | null; typed?: string }) {
  const [value, setValue] = useState(typed ?? (dueAt === null ? '' : toLocalBox(dueAt)));
  const [zone, setZone] = useState({ name: 'UTC', offset: '' });
  useEffect(() => {
    // Of that day: summer time may begin in between.
    const day = value === '' ? new Date() : new Date(value);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    setZone({ name: timeZone, offset: String(day.getTimezoneOffset()) });
  }, [value]);
  return (
    <>
      <TextField
        type="datetime-local"
        label="Due"
        optional
        hint={`By your clock (${zone.name}). It reminds; it locks nothing.`}
        name="due"
        value={value}
        onChange={event => setValue(event.target.value)}
      />
      <input type="hidden" name="zone" value={zone.offset} />
    </>
  );
}
