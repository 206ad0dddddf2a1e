import fs from 'node:fs/promises';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';

/** Id of the lab image that set-up named in a file; null while there is no such file or image. */
export async function readLabImage(file: string, engine: Pick<SandboxEngine, 'findImageId'>): Promise<string | null> {
  const name = await fs.readFile(file, 'utf8').then(
    text => text.trim(),
    () => '',
  );
  if (!/^[a-z0-9][a-z0-9._/:@-]{0,200}$/.test(name)) return null;
  return (await engine.findImageId(name)) === null ? null : name;
}
