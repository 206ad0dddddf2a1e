import { expect, it } from 'vitest';
import { parseAnnouncement } from '#app/(teach)/_components/announce-forms.ts';

it('reads numbers, and says what is wrong with others', () => {
  expect(parseAnnouncement({ classId: 'c', size: '30', minutes: '45' })).toEqual({
    classId: 'c',
    size: 30,
    minutes: 45,
  });
  const said = (size: string, minutes: string) => {
    try {
      parseAnnouncement({ classId: 'c', size, minutes });
    } catch (error) {
      return (error as { learnerMessage: string }).learnerMessage;
    }
    return null;
  };
  expect(said('0', '30')).toBe('Learners: type at least 1. Nothing was announced.');
  expect(said('many', '30')).toBe('Learners: type a number. Nothing was announced.');
  expect(said('30', '1000')).toBe('Minutes: type at most 120. Nothing was announced.');
});
