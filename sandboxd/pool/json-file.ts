import fs from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';

/** One small thing that outlives sandboxd: a JSON file, replaced as a whole. */
export interface JsonFile<T> {
  /** Null when there is none, or none that can be read; the latter is told to `onBroken`. */
  load(onBroken: (error: unknown) => void): T | null;
  save(value: T): void;
}

/** @param file its folder is made when it is not there */
export function createJsonFile<T>(file: string, schema: z.ZodType<T>): JsonFile<T> {
  return {
    load(onBroken) {
      try {
        return schema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onBroken(error);
        return null;
      }
    },
    save(value) {
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      fs.writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    },
  };
}
