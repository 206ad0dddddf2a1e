import fs from 'node:fs';
import path from 'node:path';
import type { JournalEntry } from './event-journal.ts';
import { journalLimits } from './journal-limits.ts';

/** A journal on disk, one JSON line per event, so that a restarted sandboxd goes on where it was. */
export interface JournalFile {
  load(): JournalEntry[];
  /** Never throws: what cannot be written (a full disk) is told to `onUnsaved`, and written with what comes next. */
  append(entries: readonly JournalEntry[], all: () => readonly JournalEntry[]): void;
  remove(): void;
}

export function createJournalFile(
  folder: string,
  sandboxId: string,
  onUnsaved: (error: unknown) => void = () => {},
): JournalFile {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${sandboxId}.jsonl`);
  let lines = 0;
  /** False after a try that failed: half a line may lie at its end. */
  let whole = true;
  const text = (entries: readonly JournalEntry[]) => entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
  return {
    load() {
      const entries: JournalEntry[] = [];
      let content = '';
      try {
        content = fs.readFileSync(file, 'utf8');
      } catch {
        return entries;
      }
      for (const line of content.split('\n')) {
        try {
          // Our own writing; the last line may have been cut off by a crash.
          if (line) entries.push(JSON.parse(line) as JournalEntry);
        } catch {
          break;
        }
      }
      lines = entries.length;
      if (!content.endsWith('\n')) fs.writeFileSync(file, text(entries));
      return entries;
    },
    append(entries, all) {
      try {
        lines += entries.length;
        if (whole && lines <= journalLimits.maxEvents * 2)
          return fs.appendFileSync(file, text(entries), { mode: 0o600 });
        const kept = all();
        fs.writeFileSync(`${file}.new`, text(kept), { mode: 0o600 });
        fs.renameSync(`${file}.new`, file);
        lines = kept.length;
        whole = true;
      } catch (error) {
        whole = false;
        onUnsaved(error);
      }
    },
    remove() {
      fs.rmSync(file, { force: true });
    },
  };
}
