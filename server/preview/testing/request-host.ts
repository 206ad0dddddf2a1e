import http from 'node:http';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/**
 * Sends a request to any host name, at a port of this machine wherever that name would lead. Redirects are not followed; a
 * switch of protocols is answer enough, and ended.
 */
export function requestHost(
  port: number | string,
  url: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Answer> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path: pathname + search,
      headers: { host, ...headers },
      agent: false,
    });
    request.on('error', reject);
    request.on('upgrade', ({ headers }, socket) => {
      socket.destroy();
      resolve({ status: 101, headers, body: '' });
    });
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
