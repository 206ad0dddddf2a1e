import type { WebSocket } from 'ws';
import { gatewayLimits } from './gateway-limits.ts';

/** Sends one message; a listener that does not read is cut off and gets the whole state when it comes back. */
export function sendJson(socket: WebSocket, message: object): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > gatewayLimits.maxBufferedBytes) {
    socket.terminate();
    return;
  }
  socket.send(JSON.stringify(message));
}
