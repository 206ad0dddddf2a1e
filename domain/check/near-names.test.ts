import { expect, it } from 'vitest';
import { nearNames } from './near-names.ts';

const near = (wanted: string, ...names: string[]) => nearNames(wanted, names, name => name);

it.each([
  ['web', ['wbe'], ['wbe']],
  ['web', ['WEB'], ['WEB']],
  ['web', ['webs', 'web1', 'api'], ['webs', 'web1']],
  ['nginx', ['nigxn', 'ngnix'], ['ngnix', 'nigxn']],
  ['web', ['database'], []],
  // Two edits of three letters are another word.
  ['web', ['wxy'], []],
  ['a', ['bc'], []],
])('near %s of %j are %j', (wanted, names, expected) => {
  expect(near(wanted, ...names)).toEqual(expected);
});
