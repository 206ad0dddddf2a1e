import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PreviewStage, previewStage } from './testing/preview-stage.ts';
import { type Heard, runSampleProgram } from './testing/sample-program.ts';

let stage: PreviewStage;
let heard: Heard[];
beforeEach(async () => {
  stage = await previewStage();
  heard = await runSampleProgram(stage);
});
afterEach(() => stage.close());

describe('a preview’s cookie', () => {
  it('opens its own port of its own sandbox, and nothing else', async () => {
    const ada = await stage.enter('Ada', 80);
    const bob = await stage.enter('Bob', 80);
    const other = await stage.enter('Ada', 81);
    const tries = [
      [bob.origin, ada.cookie],
      [other.origin, ada.cookie],
      [ada.origin, bob.cookie],
      [ada.origin, ''],
      [ada.origin, `${ada.cookie}x`],
      [ada.origin, 'belowdeck-preview=x.y'],
      [ada.origin, 'belowdeck.session=session-Ada'],
    ];
    for (const [origin, cookie = ''] of tries) {
      const answer = await stage.ask(`${origin}/`, { headers: { cookie, accept: 'text/html' } });
      expect([answer.status, answer.body], cookie).toEqual([403, expect.stringContaining('may not look')]);
    }
    expect(heard).toEqual([]);
  });

  it('is found beside others of its name, which a neighbour may have put there', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    const tossed = `belowdeck-preview=tossed; ${cookie}; belowdeck-preview=more`;
    expect((await stage.ask(`${origin}/`, { headers: { cookie: tossed } })).status).toBe(200);
  });

  it('is never heard by the sandbox, nor are the app’s, nor what proxies say of the visitor', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    await stage.ask(`${origin}/`, {
      headers: { cookie: `${cookie}; own=1; belowdeck.session=session-Ada`, 'x-forwarded-for': '198.51.100.7' },
    });
    expect(heard[0]?.headers).toEqual({
      connection: 'keep-alive',
      cookie: 'own=1',
      host: new URL(origin).host,
      'x-forwarded-host': new URL(origin).host,
      'x-forwarded-proto': 'http',
    });
  });
});
