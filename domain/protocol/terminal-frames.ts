/**
 * Terminal frames, browser ⇄ web ⇄ sandboxd, relayed unchanged. Binary WebSocket messages; byte 0 is the kind.
 *
 * sandboxd → browser
 *   0x00 output : u48 offset of the first byte (big endian), then raw pty bytes
 *   0x01 state  : UTF-8 JSON, see `terminalStateSchema`
 * browser → sandboxd
 *   0x10 input  : raw bytes for the pty
 *   0x11 ack    : u48 offset up to which output was rendered
 *   0x12 resize : u16 cols, u16 rows
 *   0x13 writer : 8 random bytes that name this page's input across its connections, then a u48 offset: how much of
 *                 that input it knows to be taken. Answered by `typed`: from there on it is sent (again).
 *
 * Connecting: `/terminal/<id>?from=<offset>` resumes at that byte; without `from` a snapshot or the ring's start is sent.
 * Offsets count pty bytes since the shell began.
 */
import { z } from 'zod';

export const frameKind = { output: 0x00, state: 0x01, input: 0x10, ack: 0x11, resize: 0x12, writer: 0x13 } as const;

/** Every number of the terminal path, with the reason for its value. */
export const terminalLimits = {
  /** The pty is paused above this many unacknowledged bytes: 100 KB is 5 ms of xterm rendering, so Ctrl-C stays quick. */
  pauseAbove: 100_000,
  /** …and resumed below this. */
  resumeBelow: 5_000,
  /** The client acknowledges every so many rendered bytes. */
  ackEvery: 16_384,
  /** Output kept per terminal for exact resume. */
  ringBytes: 512 * 1024,
  /** Pending output below this is sent at once. */
  immediateBelow: 1_024,
  /** …otherwise it is gathered to this size… */
  gatherBytes: 65_536,
  /** …or this long. */
  gatherMs: 4,
  /** After a flush of `gatherBytes` a flood is assumed for this long: small pieces are gathered too. */
  floodMs: 8,
  /** A paste is cut into frames of this size. */
  inputFrameBytes: 16_384,
  /** Input that a client may have under way beyond what the server said was taken: acknowledgements must not queue behind a paste. */
  inputWindow: 65_536,
  /** The largest frame a client may send; more closes the connection. */
  maxClientFrameBytes: 65_536,
  /** Input waiting for a program that does not read: above this its sender is not read any further… */
  inputHoldAbove: 256 * 1024,
  /** …until this little waits. */
  inputResumeBelow: 64 * 1024,
  /** Frames waiting in one WebSocket before its source is held back; also bounds a client that acknowledges without reading. */
  socketHoldAbove: 512 * 1024,
  /** Evicted output waiting for the screen mirror before the pty is paused. */
  mirrorHoldAbove: 1024 * 1024,
  /** A shell that is not there by then is held hostage (a frozen cgroup, no room for a process). */
  openTimeoutMs: 5_000,
  /** A peer that answers no ping for this long is dead. */
  pingMs: 10_000,
  /** Viewers of one terminal: tabs, devices and an instructor, not a crowd. */
  maxViewers: 12,
  /** Terminals per sandbox. */
  maxPerSandbox: 6,
  /** A closed connection may come back within this time and find its shell alive. */
  orphanMs: 15 * 60_000,
} as const;

export const terminalStateSchema = z.discriminatedUnion('type', [
  /** First message of a connection. `reset`: clear the screen, output starts anew at `offset` (a snapshot follows). */
  z.object({
    type: z.literal('attached'),
    offset: z.number().int(),
    reset: z.boolean(),
    /** End of the output at this moment: what comes before it is a replay, whose questions (cursor position, …) are not answered again. */
    live: z.number().int(),
    cols: z.number().int(),
    rows: z.number().int(),
  }),
  /** The negotiated size changed (several viewers: the smallest wins). */
  z.object({ type: z.literal('size'), cols: z.number().int(), rows: z.number().int() }),
  /** The screen as it is, as escape sequences, for a viewer who fell out of the ring; output goes on at `offset`. */
  z.object({ type: z.literal('snapshot'), offset: z.number().int(), data: z.string() }),
  /** So many bytes of this writer's (or, without one, this connection's) input were taken; told every `inputFrameBytes`. */
  z.object({ type: z.literal('typed'), bytes: z.number().int() }),
  z.object({ type: z.literal('exit'), code: z.number().int().nullable() }),
]);
export type TerminalState = z.infer<typeof terminalStateSchema>;

const OFFSET_BYTES = 6;
const WRITER_BYTES = 8;

/** Writes an unsigned 48-bit offset. */
function putOffset(view: DataView, at: number, offset: number): void {
  view.setUint16(at, Math.floor(offset / 2 ** 32));
  view.setUint32(at + 2, offset >>> 0);
}

function getOffset(view: DataView, at: number): number {
  return view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2);
}

export function encodeOutput(offset: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(1 + OFFSET_BYTES + bytes.length);
  frame[0] = frameKind.output;
  putOffset(new DataView(frame.buffer), 1, offset);
  frame.set(bytes, 1 + OFFSET_BYTES);
  return frame;
}

export function encodeState(state: TerminalState): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(state));
  const frame = new Uint8Array(1 + json.length);
  frame[0] = frameKind.state;
  frame.set(json, 1);
  return frame;
}

export function encodeInput(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(1 + bytes.length);
  frame[0] = frameKind.input;
  frame.set(bytes, 1);
  return frame;
}

export function encodeAck(offset: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(1 + OFFSET_BYTES);
  frame[0] = frameKind.ack;
  putOffset(new DataView(frame.buffer), 1, offset);
  return frame;
}

export function encodeResize(cols: number, rows: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(5);
  const view = new DataView(frame.buffer);
  view.setUint8(0, frameKind.resize);
  view.setUint16(1, cols);
  view.setUint16(3, rows);
  return frame;
}

/** `writer`: 16 hex digits. */
export function encodeWriter(writer: string, taken: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(1 + WRITER_BYTES + OFFSET_BYTES);
  const view = new DataView(frame.buffer);
  frame[0] = frameKind.writer;
  view.setBigUint64(1, BigInt(`0x${writer}`));
  putOffset(view, 1 + WRITER_BYTES, taken);
  return frame;
}

export type ClientFrame =
  | { kind: 'writer'; writer: string; taken: number }
  | { kind: 'input'; bytes: Uint8Array }
  | { kind: 'ack'; offset: number }
  | { kind: 'resize'; cols: number; rows: number };

export type ServerFrame =
  | { kind: 'output'; offset: number; bytes: Uint8Array }
  | { kind: 'state'; state: TerminalState };

/** Parses a frame of a browser; null when it is not one (the connection is then closed with 4400). */
export function decodeClientFrame(frame: Uint8Array): ClientFrame | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length === 0) return null;
  const kind = frame[0];
  if (kind === frameKind.input) return { kind: 'input', bytes: frame.subarray(1) };
  if (kind === frameKind.ack && frame.length === 1 + OFFSET_BYTES) return { kind: 'ack', offset: getOffset(view, 1) };
  if (kind === frameKind.writer && frame.length === 1 + WRITER_BYTES + OFFSET_BYTES) {
    const writer = view
      .getBigUint64(1)
      .toString(16)
      .padStart(2 * WRITER_BYTES, '0');
    return { kind: 'writer', writer, taken: getOffset(view, 1 + WRITER_BYTES) };
  }
  if (kind === frameKind.resize && frame.length === 5) {
    const [cols, rows] = [view.getUint16(1), view.getUint16(3)];
    return cols >= 2 && cols <= 500 && rows >= 1 && rows <= 300 ? { kind: 'resize', cols, rows } : null;
  }
  return null;
}

/** Parses a frame of sandboxd; null when it is not one. */
export function decodeServerFrame(frame: Uint8Array): ServerFrame | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame[0] === frameKind.output && frame.length >= 1 + OFFSET_BYTES) {
    return { kind: 'output', offset: getOffset(view, 1), bytes: frame.subarray(1 + OFFSET_BYTES) };
  }
  if (frame[0] !== frameKind.state) return null;
  try {
    const parsed = terminalStateSchema.safeParse(JSON.parse(new TextDecoder().decode(frame.subarray(1))));
    return parsed.success ? { kind: 'state', state: parsed.data } : null;
  } catch {
    return null;
  }
}
