import type { JsonFile } from '../json-file.ts';

/** A file without a disk. */
export function memoryFile<T>(): JsonFile<T> {
  let text: string | null = null;
  return {
    load: () => (text === null ? null : JSON.parse(text)),
    save: value => {
      text = JSON.stringify(value);
    },
  };
}
