import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { forRequest } from './log-context.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []) {
  const lines: string[] = [];
  write(createLog('info', secrets, { write: line => void lines.push(line) }));
  return lines;
}

describe('the log', () => {
  it('names attempt, sandbox and the request, also after a wait', async () => {
    const lines: string[] = [];
    const log = createLog('info', [], { write: line => void lines.push(line) });
    const id = await forRequest(async request => {
      await pause(1);
      log.info({ attempt: 'a1', sandbox: 'b2' }, 'done');
      return request;
    });
    log.info('later');
    expect(id).toMatch(/^[a-f0-9]{12}$/);
    expect(lines.map(line => JSON.parse(line).request)).toEqual([id, undefined]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, attempt: 'a1', sandbox: 'b2', msg: 'done' });
  });

  it('leaves out what proves who somebody is, and our own secrets wherever they stand', () => {
    const [line = ''] = logged(
      log => log.error({ headers: { cookie: 'c00kie' }, err: new Error('postgres://u:pa55word@db is away') }, 'broke'),
      ['pa55word'],
    );
    expect(line).not.toMatch(/c00kie|pa55word/);
    expect(JSON.parse(line).err.message).toBe('postgres://u:[left out]@db is away');
  });

  it('lets no learner’s text act on the terminal of who reads it, nor fill the disk', () => {
    const [line = ''] = logged(log => log.warn({ err: new Error(`\u009b2J${'x'.repeat(1_000_000)}`) }, '\u202e'));
    expect(line).not.toMatch(/[\u007f-\u009f\u202e]/);
    expect(line.length).toBeLessThan(20_000);
    expect(line.endsWith('\n')).toBe(true);
  });
});
