import { expect, test } from 'vitest';
import { endsWithPrompt, plainText } from './prompt.ts';

const prompt = '\x1b[?2004h\x1b[1;32mlearner@lab\x1b[0m:\x1b[34m~\x1b[0m$ ';

test('the prompt is told from what programs print', () => {
  expect(endsWithPrompt(`ok\r\n${prompt}`)).toBe(true);
  expect(endsWithPrompt('root@lab:/# ')).toBe(true);
  expect(endsWithPrompt(`${prompt}docker ps`)).toBe(false);
  expect(endsWithPrompt(`${prompt}docker ps\r\nCONTAINER ID\r\n`)).toBe(false);
  expect(endsWithPrompt('costs 5 $ ')).toBe(false);
});

test('plain text keeps the words and the lines', () => {
  expect(plainText('\x1b]0;title\x07\x1b[31mred\x1b[0m\r\nnext')).toBe('red\nnext');
});
