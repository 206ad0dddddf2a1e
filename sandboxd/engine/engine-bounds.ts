import type { EngineBounds } from './engine-client.ts';

/** For the sandbox host's own engine, which is trusted: creating and removing take seconds when many do it at once. */
export const engineBounds: EngineBounds = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };
