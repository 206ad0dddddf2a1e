import { parseBoundedJson } from './json-bounds.ts';

/** Longest line of an event stream taken; Docker's own stay below 4 KiB. */
export const maxLineBytes = 64 * 1024;

/**
 * The values of a stream of JSON, one per line. A line that is not readable JSON is passed over; one that is too
 * long ends the stream with an error, since what follows cannot be told apart from it.
 */
export async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    let buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10)) {
      const line = buffer.subarray(0, end);
      buffer = buffer.subarray(end + 1);
      if (line.length > maxLineBytes) throw new Error(`a line of ${line.length} bytes`);
      const value = tryParse(line.toString('utf8'));
      if (value !== undefined) yield value;
    }
    if (buffer.length > maxLineBytes) throw new Error(`a line of more than ${maxLineBytes} bytes`);
    rest = buffer;
  }
}

function tryParse(text: string): unknown {
  try {
    return parseBoundedJson(text);
  } catch {
    return undefined;
  }
}
