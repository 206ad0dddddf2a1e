import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from './event-journal.ts';
import { createJournalFile } from './journal-file.ts';
import { journalLimits } from './journal-limits.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'journal-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const entry = (seq: number): JournalEntry => ({
  seq,
  at: seq,
  type: 'container',
  action: 'start',
  actor: 'a',
  attributes: {},
  nano: seq,
});

describe('the journal on disk', () => {
  it('is read back as it was written', () => {
    createJournalFile(folder, 'aa').append([entry(1), entry(2)], () => []);
    expect(createJournalFile(folder, 'aa').load()).toEqual([entry(1), entry(2)]);
    expect(createJournalFile(folder, 'bb').load()).toEqual([]);
  });

  it('loses only the line that a crash cut off, and goes on after it', () => {
    createJournalFile(folder, 'aa').append([entry(1), entry(2)], () => []);
    fs.truncateSync(path.join(folder, 'aa.jsonl'), fs.statSync(path.join(folder, 'aa.jsonl')).size - 5);
    const file = createJournalFile(folder, 'aa');
    expect(file.load()).toEqual([entry(1)]);
    file.append([entry(2)], () => []);
    expect(createJournalFile(folder, 'aa').load()).toEqual([entry(1), entry(2)]);
  });

  it('does not grow without end', () => {
    const file = createJournalFile(folder, 'aa');
    const kept = [entry(8), entry(9)];
    for (let i = 0; i < 50; i++)
      file.append(
        Array.from({ length: 100 }, (_, n) => entry(n)),
        () => kept,
      );
    expect(createJournalFile(folder, 'aa').load().length).toBeLessThanOrEqual(journalLimits.maxEvents * 2);
  });

  it('is removed once and again', () => {
    const file = createJournalFile(folder, 'aa');
    file.append([entry(1)], () => []);
    file.remove();
    file.remove();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('writes what could not be written with what comes next', () => {
    const failed: unknown[] = [];
    const away = `${folder}-away`;
    const file = createJournalFile(folder, 'cc', error => failed.push(error));
    file.append([entry(1)], () => [entry(1)]);
    fs.renameSync(folder, away);
    file.append([entry(2)], () => [entry(1), entry(2)]);
    expect(failed).toHaveLength(1);
    fs.renameSync(away, folder);
    // Half of what failed.
    fs.appendFileSync(`${folder}/cc.jsonl`, '{"seq":2,');
    file.append([entry(3)], () => [entry(1), entry(2), entry(3)]);
    expect(createJournalFile(folder, 'cc').load()).toEqual([entry(1), entry(2), entry(3)]);
  });
});
