import fs from 'node:fs';

/**
 * Takes cgroup folders from a sandbox's root, who could make children in them: they become the machine's root's, and nobody
 * else gets into them. Whoever stands in a folder below stays there. Never throws: what is gone needs no closing.
 */
export function closeCgroups(folders: readonly string[]): void {
  for (const folder of folders) change(folder, 0, 0o700);
}

/** Gives them to the sandbox's root again. Never throws. */
export function openCgroups(folders: readonly string[], rootUid: number): void {
  for (const folder of folders) change(folder, rootUid, 0o755);
}

function change(folder: string, uid: number, mode: number): void {
  try {
    fs.lchownSync(folder, uid, uid);
    fs.chmodSync(folder, mode);
  } catch {
    // Its sandbox ended meanwhile.
  }
}
