import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { hangUp } from '../http/hang-up.ts';

/** Answers an upgrade with a plain HTTP error and ends the connection. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  const text = STATUS_CODES[status] ?? 'Error';
  hangUp(
    socket,
    `HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  );
}
