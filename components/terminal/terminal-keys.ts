/** What a key asks of the page rather than of the shell. */
export type TerminalCommand = 'copy' | 'paste' | 'search' | 'leave';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Null: the key is the shell's. Plain Ctrl+C and Ctrl+V stay the shell's, as in any terminal. */
export function commandOfKey(event: Key): TerminalCommand | null {
  if (event.altKey || event.metaKey) return null;
  if (event.key === 'Tab' && event.shiftKey && !event.ctrlKey) return 'leave';
  if (!event.ctrlKey || !event.shiftKey) return null;
  switch (event.key.toLowerCase()) {
    case 'c':
      return 'copy';
    case 'v':
      return 'paste';
    case 'f':
      return 'search';
    default:
      return null;
  }
}
