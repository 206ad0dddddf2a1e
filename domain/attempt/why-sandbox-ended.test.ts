import { describe, expect, it } from 'vitest';
import { endReasonSchema } from '../protocol/sandbox.ts';
import { whySandboxEnded } from './why-sandbox-ended.ts';

describe('whySandboxEnded', () => {
  it.each(endReasonSchema.options)('says what happened, what was kept and what to do for %s', reason => {
    const story = whySandboxEnded({ reason, detail: '' });
    expect(story.title.length).toBeGreaterThan(10);
    expect(story.happened).toMatch(/\.$/);
    expect(story.kept).toContain('kept');
    expect(story.next).toMatch(/fresh one/);
  });

  it('repeats the measured value where nobody asked for the end', () => {
    expect(whySandboxEnded({ reason: 'learner', detail: 'ended on request' }).happened).not.toContain('request');
    expect(whySandboxEnded({ reason: 'out-of-memory', detail: 'used 1024 of 1024 MiB' }).happened).toBe(
      'The kernel ended it at its memory limit. (used 1024 of 1024 MiB.)',
    );
  });
});
