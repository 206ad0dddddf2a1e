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

describe('the way in', () => {
  it('leads from the app by a ticket to a cookie, and on to where one wanted', async () => {
    const { origin, location, cookie, answer } = await stage.enter('Ada', 80, '/a?b=1');
    expect([answer.status, location]).toEqual([303, `${origin}/a?b=1`]);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^belowdeck-preview=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    const page = await stage.ask(location, { headers: { cookie } });
    expect([page.status, page.body]).toEqual([200, 'from inside']);
    expect(heard.map(({ line }) => line)).toEqual(['GET /a?b=1']);
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'x', '/\n'])(
    'stays at the preview: %s',
    async path => {
      const { origin, location } = await stage.enter('Ada', 80, path);
      expect(new URL(location).origin).toBe(origin);
    },
  );

  it('is closed to others, to strangers, for ports that are none, and without a sandbox', async () => {
    expect((await stage.lead('Ada', 80, null, 'Bob')).status).toBe(403);
    for (const port of [0, 65_536, -1, 1.5]) expect((await stage.lead('Ada', port)).status).toBe(400);
    const nobody = await stage.preview.lead(new Headers(), {
      attemptId: stage.personOf('Ada').attempt,
      port: '80',
      path: null,
    });
    expect(nobody.status).toBe(401);
    const foreign = new Headers({ cookie: 'belowdeck.session=session-Ada', 'sec-fetch-site': 'cross-site' });
    expect(
      (await stage.preview.lead(foreign, { attemptId: stage.personOf('Ada').attempt, port: '80', path: null })).status,
    ).toBe(403);
    stage.personOf('Ada').sandbox.state = 'ended';
    const gone = await stage.lead('Ada', 80);
    expect([gone.status, gone.page]).toEqual([410, expect.stringContaining('That sandbox is gone.')]);
    expect(heard).toEqual([]);
  });

  it('takes a ticket once, at its own place only', async () => {
    const { location } = await stage.lead('Ada', 80);
    const ticket = new URL(location).search;
    const elsewhere = new URL((await stage.lead('Ada', 81)).location);
    expect((await stage.ask(`${elsewhere.origin}/.belowdeck/enter${ticket}`)).status).toBe(403);
    expect((await stage.ask(location)).status).toBe(403);
    const second = (await stage.lead('Ada', 80)).location;
    expect((await stage.ask(second)).status).toBe(303);
    const again = await stage.ask(second);
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
    expect((await stage.ask(`${new URL(location).origin}/.belowdeck/enter?ticket=forged`)).status).toBe(403);
  });

  it('ends when the sandbox does, and says so when the sandbox host is away', async () => {
    const { origin, cookie } = await stage.enter('Ada', 80);
    const status = async () => (await stage.ask(`${origin}/`, { headers: { cookie } })).status;
    expect(await status()).toBe(200);
    stage.preview.onWatch({ type: 'hello', at: 1, sandboxes: [] });
    expect(await status()).toBe(410);
    stage.sandboxd.reachable = false;
    expect(await status()).toBe(503);
  });

  it('is refused after signing out', async () => {
    const { location } = await stage.lead('Ada', 80);
    await stage.db.session.deleteMany();
    const answer = await stage.ask(location);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });
});
