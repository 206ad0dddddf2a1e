/**
 * What a terminal emulator says by itself: cursor position, device attributes, mode and status reports, colours, focus.
 * Only one viewer's emulator may answer a program's question, and none during a replay.
 */
const report =
  /^(?:\x1b\[[?>=]?[\d;]*(?:c|R|n|t|\$y)|\x1b\[[IO]|\x1bP[^\x1b]*\x1b\\|\x1b\](?:4|1[0-2]);[^\x07\x1b]*(?:\x07|\x1b\\))+$/;

/** Longer input is no report. */
const MAX_BYTES = 1_024;

/** True when the whole input is such reports, and so not the doing of a person. */
export function isTerminalReport(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_BYTES || bytes[0] !== 0x1b) return false;
  return report.test(new TextDecoder('latin1').decode(bytes));
}
