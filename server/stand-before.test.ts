import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** In a process and session of its own: ours must not change its place. */
function niceOf(...prefix: string[]): string[] {
  const file = fileURLToPath(new URL('./stand-before.ts', import.meta.url));
  const script = `const { standBefore } = await import(${JSON.stringify(file)}); console.log(standBefore(), (await import('node:os')).getPriority())`;
  const [program = '', ...args] = [...prefix, process.execPath, '--input-type=module', '-e', script];
  return execFileSync('setsid', [program, ...args], { encoding: 'utf8' })
    .trim()
    .split(' ');
}

const mayNot = ['false', '0'];

it('puts the process before others where it may', () => {
  expect(niceOf()).toEqual(process.getuid?.() === 0 ? ['true', '-10'] : mayNot);
});

it('goes on in its place where it may not', () => {
  const without = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  expect(niceOf(...without)).toEqual(mayNot);
});
