import { type Answer, type Ask, requestHost } from '#server/preview/testing/request-host.ts';
import type { Belowdeck } from '../belowdeck.ts';

/** Sends a request to a host name of the web process, wherever that name would lead. */
export function askHost(belowdeck: Belowdeck, url: string, how?: Ask): Promise<Answer> {
  return requestHost(new URL(belowdeck.url).port, url, how);
}

/** One preview, entered by somebody: its origin, and the cookie that lets in. */
export interface Visit {
  origin: string;
  cookie: string;
  ask(path: string, how?: Ask): Promise<Answer>;
}

/** Where the app leads somebody who opens a port, unfollowed. */
export function lead(belowdeck: Belowdeck, cookie: string, attempt: string, port: number | string) {
  return askHost(belowdeck, `${belowdeck.url}/api/v1/attempts/${attempt}/preview/${port}`, { headers: { cookie } });
}

/** Opens a port as the link on the lab page does. */
export async function visit(belowdeck: Belowdeck, cookie: string, attempt: string, port: number): Promise<Visit> {
  const led = await lead(belowdeck, cookie, attempt, port);
  if (led.status !== 303) throw new Error(`no preview: ${led.status} ${led.body.slice(0, 400)}`);
  const entered = await askHost(belowdeck, led.headers.location ?? '');
  if (entered.status !== 303) throw new Error(`not let in: ${entered.status} ${entered.body.slice(0, 400)}`);
  const own = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const { origin } = new URL(led.headers.location ?? '');
  return {
    origin,
    cookie: own,
    ask: (path, how = {}) => askHost(belowdeck, origin + path, { ...how, headers: { cookie: own, ...how.headers } }),
  };
}
