import http from 'node:http';
import type { Belowdeck } from '../belowdeck.ts';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends a request to a host name of the web process, wherever that name would lead. Redirects are not followed. */
export function askHost(belowdeck: Belowdeck, url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const { host, pathname, search } = new URL(url);
  const { port } = new URL(belowdeck.url);
  return new Promise<Answer>((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path: pathname + search,
      agent: false,
      headers: { host, ...headers },
    });
    request.on('error', reject);
    request.on('response', async response => {
      let text = '';
      try {
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
      } catch {
        text += '(cut)';
      }
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    request.end(body);
  });
}

/** One preview, entered by somebody: its origin, and the cookie that lets in. */
export interface Visit {
  origin: string;
  cookie: string;
  ask(path: string, sent?: Sent): Promise<Answer>;
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
    ask: (path, sent = {}) =>
      askHost(belowdeck, origin + path, { ...sent, headers: { cookie: own, ...(sent.headers ?? {}) } }),
  };
}
