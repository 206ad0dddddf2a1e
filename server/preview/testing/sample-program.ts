import http from 'node:http';
import type { PreviewStage } from './preview-stage.ts';

/** What the program was asked. */
export interface Heard {
  /** Method and path. */
  line: string;
  headers: http.IncomingHttpHeaders;
}

/**
 * Puts a program behind port 80 of every sandbox: it says "from inside", echoes what is posted, leaves `/slow` and `/broken`
 * half said. Resolves with the list of what it hears, which grows.
 */
export async function runSampleProgram(stage: Pick<PreviewStage, 'listen'>): Promise<Heard[]> {
  const heard: Heard[] = [];
  await stage.listen(
    80,
    http.createServer((request, response) => {
      heard.push({ line: `${request.method} ${request.url}`, headers: request.headers });
      if (request.url === '/slow') return response.writeHead(200).write('half');
      if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        return setTimeout(() => response.destroy(), 20);
      }
      if (request.method === 'POST') return request.pipe(response.writeHead(201, { 'x-own': ['1', '2'] }));
      response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'own=1; Domain=localhost' });
      response.end('from inside');
    }),
  );
  return heard;
}
