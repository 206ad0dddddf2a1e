import { WebSocket } from 'ws';
import type { Belowdeck } from '#tests/support/belowdeck.ts';

/** Somebody with an account and a session. */
export interface Person {
  cookie: string;
  email: string;
  /** A request of this person's page. */
  ask(path: string, method?: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** "open" as soon as anything is told, or the status with which the upgrade was refused, or the code it was closed with. */
  connect(path: string, headers?: Record<string, string>): Promise<string>;
}

export function person(belowdeck: Belowdeck, cookie: string, email = ''): Person {
  return {
    cookie,
    email,
    ask: (path, method = 'GET', body, headers = {}) =>
      fetch(`${belowdeck.url}${path}`, {
        method,
        redirect: 'manual',
        headers: { cookie, origin: belowdeck.url, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    connect(path, headers = {}) {
      const url = belowdeck.url.replace('http', 'ws') + path;
      const socket = new WebSocket(url, { headers: { cookie, origin: belowdeck.url, ...headers } });
      socket.on('error', () => {});
      return new Promise<string>(resolve => {
        socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
        socket.on('close', code => resolve(String(code)));
        socket.on('message', () => resolve('open'));
        socket.on('open', () => setTimeout(() => resolve('open'), 700));
      }).finally(() => socket.terminate());
    },
  };
}

export async function signUp(belowdeck: Belowdeck, name: string): Promise<Person> {
  const email = `${name}@example.org`;
  const response = await person(belowdeck, '').ask('/api/auth/sign-up/email', 'POST', {
    name,
    email,
    password: 'a long password',
  });
  if (!response.ok) throw new Error(`${name} cannot sign up: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ');
  return person(belowdeck, cookie, email);
}
