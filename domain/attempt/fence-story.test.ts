import { expect, it } from 'vitest';
import { fenceNameSchema } from '../protocol/fence-name.ts';
import { fenceStory } from './fence-story.ts';

it('says the measured value and the limit in units that people read', () => {
  const happened = (fence: Parameters<typeof fenceStory>[0]['fence'], measured: number, limit: number) =>
    fenceStory({ fence, measured, limit }).happened;
  expect(happened('memory', 1_610_612_736, 1_610_612_736)).toContain('1.5 GiB of 1.5 GiB');
  expect(happened('disk', 1_060_000_000, 2 ** 30)).toContain('1010.9 MiB of 1 GiB');
  expect(happened('pids', 1024, 1024)).toContain('1,024 of 1,024 processes');
  expect(happened('inodes', 199_998, 200_000)).toContain('199,998 of 200,000 files');
  expect(happened('cpu', 1.4966, 1.5)).toContain('1.5 of 1.5 processors');
  expect(happened('terminal', 31_457_280, 4_194_304)).toContain('30 MiB a second');
});

it.each(fenceNameSchema.options)('tells of %s what happened, what is kept and what to do', fence => {
  const story = fenceStory({ fence, measured: 9, limit: 8 });
  for (const text of [story.title, story.happened, story.kept, story.next]) expect(text.length).toBeGreaterThan(10);
  expect(story.next.split('`').length % 2).toBe(1);
});
