import { describe, expect, it } from 'vitest';
import { Shutdown } from './shutdown.ts';

function quiet() {
  const errors: object[] = [];
  return { errors, log: { info: () => undefined, error: (fields: object) => void errors.push(fields) } };
}

describe('Shutdown', () => {
  it('puts away the last added first, and each once', async () => {
    const { log } = quiet();
    const shutdown = new Shutdown({ log, stepMs: 1_000 });
    const order: string[] = [];
    shutdown.add('db', () => void order.push('db'));
    shutdown.add('http', async () => void order.push('http'));
    await Promise.all([shutdown.run('SIGTERM'), shutdown.run('SIGINT')]);
    expect(order).toEqual(['http', 'db']);
  });

  it('goes past a step that fails or hangs, and says which', async () => {
    const { log, errors } = quiet();
    const shutdown = new Shutdown({ log, stepMs: 20 });
    let reached = false;
    shutdown.add('first', () => {
      reached = true;
    });
    shutdown.add('hangs', () => new Promise(() => undefined));
    shutdown.add('throws', () => {
      throw new Error('broken');
    });
    await shutdown.run('test');
    expect(reached).toBe(true);
    expect(errors).toMatchObject([{ step: 'throws' }, { step: 'hangs' }]);
  });
});
