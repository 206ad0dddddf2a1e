import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { probeResultSchema } from '#domain/protocol/preflight.ts';

/** A result of the escape probes, and what it holds for. */
const rememberedSchema = z.object({
  key: z.string(),
  at: z.number(),
  ms: z.number(),
  probes: z.array(probeResultSchema),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** The last result, in a file that survives restarts. */
export interface PreflightMemory {
  /** Null when there is none, it cannot be read, or it holds for something else. */
  find(key: string): Remembered | null;
  keep(result: Remembered): void;
}

export function createPreflightMemory(file: string): PreflightMemory {
  return {
    find(key) {
      try {
        const found = rememberedSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
        return found.key === key ? found : null;
      } catch {
        return null;
      }
    },
    keep(result) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.new`, JSON.stringify(result), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    },
  };
}
