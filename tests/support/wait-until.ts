import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `look` returns something truthy, and returns it; throws with `what` after the time. */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T> | T,
  timeoutMs = 10_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await pause(25);
  }
}
