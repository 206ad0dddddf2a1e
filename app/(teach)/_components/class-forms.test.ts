import { describe, expect, it } from 'vitest';
import { parseAssignment, parseDue } from './class-forms.ts';
import { toLocalBox } from './local-box.ts';

const now = Date.UTC(2026, 10, 22, 8);
const sentence = (deed: () => unknown): string => {
  try {
    deed();
  } catch (error) {
    return (error as { learnerMessage: string }).learnerMessage;
  }
  return 'nothing was thrown';
};

describe('parseAssignment', () => {
  const form = { classId: 'c1', lab: 'docker-engine/process-tree', due: '', zone: '' };

  it('reads the class, the lab and no due date', () => {
    expect(parseAssignment(form, now)).toEqual({
      classId: 'c1',
      course: 'docker-engine',
      lab: 'process-tree',
      dueAt: null,
    });
  });

  it('asks for a lab when none was chosen', () => {
    for (const lab of ['', 'docker-engine', 'a/b/c', '../etc/passwd', 'Docker/Engine'])
      expect(sentence(() => parseAssignment({ ...form, lab }, now))).toContain('No lab was chosen');
  });

  it('refuses a class id that is none, as a request that was not understood', () => {
    expect(() => parseAssignment({ ...form, classId: "1' or 1" }, now)).toThrowError(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });
});

describe('parseDue', () => {
  it('takes the box in the time zone of the browser', () => {
    // Berlin in winter: one hour ahead, so JavaScript's offset is -60.
    expect(parseDue('2026-12-01T18:00', '-60', now)).toBe(Date.UTC(2026, 11, 1, 17));
    expect(parseDue('2026-12-01T18:00', '300', now)).toBe(Date.UTC(2026, 11, 1, 23));
  });

  it('takes it as UTC where no script told the zone', () => {
    expect(parseDue('2026-12-01T18:00', '', now)).toBe(Date.UTC(2026, 11, 1, 18));
  });

  it('says what is wrong with it', () => {
    expect(sentence(() => parseDue('tomorrow', '0', now))).toContain('not understood');
    expect(sentence(() => parseDue('2026-12-01T18:00', '1e9', now))).toContain('not understood');
    expect(sentence(() => parseDue('2026-99-01T18:00', '0', now))).toContain('not understood');
    expect(sentence(() => parseDue('2025-12-01T18:00', '0', now))).toContain('in the past');
    expect(sentence(() => parseDue('2206-12-01T18:00', '0', now))).toContain('the year');
  });

  it('comes back from a moment through the box', () => {
    const at = Date.UTC(2026, 11, 1, 17, 30);
    expect(parseDue(toLocalBox(at), `${new Date(at).getTimezoneOffset()}`, now)).toBe(at);
  });
});
