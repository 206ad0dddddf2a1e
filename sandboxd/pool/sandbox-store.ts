import fs from 'node:fs';
import path from 'node:path';
import { type SandboxRecord, sandboxRecordSchema } from './sandbox-record.ts';

/** Records on disk: one JSON file per sandbox, replaced as a whole. */
export interface SandboxStore {
  /** All readable records; a file that cannot be read is passed over and named to `onBroken`. */
  load(onBroken: (file: string, error: unknown) => void): SandboxRecord[];
  save(record: SandboxRecord): void;
  /** Done already is done. */
  remove(sandboxId: string): void;
}

/** @param folder made when it is not there */
export function createSandboxStore(folder: string): SandboxStore {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  return {
    load(onBroken) {
      const records: SandboxRecord[] = [];
      for (const name of fs.readdirSync(folder)) {
        const file = path.join(folder, name);
        if (name.endsWith('.new')) fs.rmSync(file, { force: true });
        if (!name.endsWith('.json')) continue;
        try {
          records.push(sandboxRecordSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8'))));
        } catch (error) {
          onBroken(file, error);
        }
      }
      return records;
    },
    save(record) {
      const file = fileOf(record.sandbox.id);
      fs.writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    },
    remove(sandboxId) {
      fs.rmSync(fileOf(sandboxId), { force: true });
    },
  };
}
