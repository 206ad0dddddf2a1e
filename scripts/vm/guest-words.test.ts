import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { quoted, unwrapAnswer, wrapCommand } from './guest-words.ts';
import { guestFolder } from './vm-places.ts';

/** The guest's own half of the conversation, run here. */
const guest = (command: string, input = '') =>
  execFileSync(join(guestFolder, 'files/usr/local/bin/guest-command'), {
    input: wrapCommand(command) + input,
  }).toString();

it('carries a command, its input, both streams of output and the exit code', () => {
  const answer = guest('read -r line; echo out "$line"; echo err >&2; exit 7', 'of the input\n');
  expect(unwrapAnswer(answer)).toEqual({ code: 7, output: 'out of the input\nerr\n' });
});

it('carries words with quotes, spaces and lines', () => {
  const word = "it's  a\n'word' $HOME";
  expect(unwrapAnswer(guest(`printf %s ${quoted(word)}`))).toEqual({ code: 0, output: word });
});

it('does not take an answer that was cut off for one that ended well', () => {
  expect(unwrapAnswer(guest('echo half').slice(0, -6))).toBeNull();
});
