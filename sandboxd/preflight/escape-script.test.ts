import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { escapeScript, parseEscapes } from './escape-script.ts';

const mark = 'belowdeck-0123';
const run = (scripts: Record<string, string>) => {
  const list = Object.entries(scripts).map(([id, script]) => ({ id, script }));
  return execFileSync('bash', { input: escapeScript(list, mark), encoding: 'utf8' });
};

it('keeps what each showed apart, standard error after standard output', () => {
  const seen = parseEscapes(
    run({ one: 'echo problem >&2; echo out', two: 'exit 7', three: "cat <<'X'\n$HOME\nX" }),
    mark,
  );
  expect(Object.fromEntries(seen)).toEqual({ one: 'out\nproblem', two: '', three: '$HOME' });
});

it('bounds what one shows, and is not confused by what looks like its marks', () => {
  const seen = parseEscapes(
    run({ long: 'head -c 100000 /dev/zero | tr "\\0" x', sly: 'echo " belowdeck-0123 end"' }),
    mark,
  );
  expect(seen.get('long')?.length).toBe(8192);
  expect(seen.get('sly')).toBe('belowdeck-0123 end');
});

it('leaves out what was cut off', () => {
  const output = run({ one: 'echo a', two: 'echo b' });
  const cut = output.slice(0, output.indexOf('b\n') + 2);
  expect([...parseEscapes(cut, mark).keys()]).toEqual(['one']);
  expect(parseEscapes('', mark).size).toBe(0);
});
