import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from './content-hash.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-hash-'));
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'sub', 'file'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the hash in an image’s name', () => {
  it('is the same for the same files, wherever they lie', async () => {
    const before = await contentHash([folder]);
    expect(before).toMatch(/^[0-9a-f]{12}$/);
    expect(await contentHash([`${folder}/`])).toBe(before);
  });

  it('changes with a file’s content, with its name and with what the image is built on', async () => {
    const before = await contentHash([folder], ['base']);
    expect(await contentHash([folder], ['other base'])).not.toBe(before);
    await writeFile(join(folder, 'sub', 'file'), 'two');
    const edited = await contentHash([folder], ['base']);
    expect(edited).not.toBe(before);
    await writeFile(join(folder, 'another'), '');
    expect(await contentHash([folder], ['base'])).not.toBe(edited);
  });

  it('ignores what is in no image: READMEs and tests', async () => {
    const before = await contentHash([folder]);
    await writeFile(join(folder, 'README.md'), 'words');
    await writeFile(join(folder, 'sub', 'file.test.ts'), 'test');
    expect(await contentHash([folder])).toBe(before);
  });
});
