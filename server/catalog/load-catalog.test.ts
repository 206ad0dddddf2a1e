import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { problemText } from '#domain/lab/problem.ts';
import { loadCatalog } from './load-catalog.ts';
import { sampleFiles } from './testing/sample-lab.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'catalog-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function writeLab(course: string, slug: string, files = sampleFiles()): void {
  for (const [name, bytes] of files) {
    const file = path.join(dir, course, slug, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

function writeCourse(course: string, text: string): void {
  mkdirSync(path.join(dir, course), { recursive: true });
  writeFileSync(path.join(dir, course, 'course.yaml'), text);
}

test('gives courses, and their labs in the order of the course', () => {
  writeLab('c', 'hello');
  writeLab('c', 'again');
  writeCourse('c', 'title: C\nsummary: About C.\nlabs: [hello, again]\n');
  const catalog = loadCatalog(dir);
  expect(catalog.problems()).toEqual([]);
  expect(catalog.courses()).toEqual([{ slug: 'c', title: 'C', summary: 'About C.', labs: ['hello', 'again'] }]);
  expect(catalog.labs('c').map(lab => lab.slug)).toEqual(['hello', 'again']);
  expect(catalog.lab('c', 'again')?.title).toBe('Hello');
  expect(catalog.lab('c', 'gone')).toBeNull();
  expect(catalog.lab('d', 'hello')).toBeNull();
});

test('a broken lab is left out and told; the others stay', () => {
  writeLab('c', 'hello');
  writeLab('c', 'broken', sampleFiles({ 'lab.yaml': ['minutes: 5', 'minutes: five'] }));
  writeCourse('c', 'title: C\nsummary: About C.\nlabs: [broken, hello]\n');
  const catalog = loadCatalog(dir);
  expect(catalog.courses()[0]?.labs).toEqual(['hello']);
  expect(catalog.problems().map(problemText)).toEqual([
    'c/broken/lab.yaml:4 minutes: expected number, received string → Write a number here.',
  ]);
});

test('labs on the list but not on disk, twice on the list, on disk but not on the list', () => {
  writeLab('c', 'hello');
  writeLab('c', 'forgotten');
  writeCourse('c', 'title: C\nsummary: About C.\nlabs:\n  - hello\n  - gone\n  - hello\n');
  expect(loadCatalog(dir).problems().map(problemText)).toEqual([
    'c/course.yaml:5 labs[1]: there is no c/gone/lab.yaml → Write the lab, or take it off the list.',
    'c/course.yaml:6 labs[2]: `hello` is listed twice → Keep one.',
    'c/course.yaml:3 labs: the lab `forgotten` is on disk, but not on the list → Add it where it belongs in the order.',
  ]);
});

test('gives the files of assets/, and no other file of the lab', () => {
  writeLab('c', 'hello', new Map([...sampleFiles(), ['assets/tree.svg', Buffer.from('<svg/>')]]));
  writeCourse('c', 'title: C\nsummary: About C.\nlabs: [hello]\n');
  const catalog = loadCatalog(dir);
  expect(Buffer.from(catalog.asset('c', 'hello', 'tree.svg') ?? []).toString()).toBe('<svg/>');
  for (const name of ['gone.svg', '../lab.yaml', 'lab.yaml', '']) expect(catalog.asset('c', 'hello', name)).toBeNull();
  expect(catalog.asset('c', 'other', 'tree.svg')).toBeNull();
});
