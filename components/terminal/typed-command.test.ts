import { describe, expect, it } from 'vitest';
import { typedCommand } from './typed-command.ts';

describe('typedCommand', () => {
  it('clears the line, types the command and presses Enter', () => {
    expect(typedCommand('docker ps\n', false)).toBe('\x15docker ps\r');
    expect(typedCommand('docker ps', true)).toBe('\x15docker ps\r');
  });

  it('pastes several lines as one where the shell knows how', () => {
    expect(typedCommand('for i in 1 2\r\ndo echo $i\ndone\n', true)).toBe(
      '\x15\x1b[200~for i in 1 2\rdo echo $i\rdone\x1b[201~\r',
    );
    expect(typedCommand('a\nb', false)).toBe('\x15a\rb\r');
  });

  it('lets no control character through that would end the paste early', () => {
    expect(typedCommand('a\x1b[201~\nrm x\x03', true)).toBe('\x15\x1b[200~a[201~\rrm x\x1b[201~\r');
    expect(typedCommand('tab\there', true)).toBe('\x15tab\there\r');
  });
});
