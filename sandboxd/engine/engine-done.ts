import { EngineError } from './engine-client.ts';

/** Runs an idempotent engine call: what is not there, not modified or already under way counts as done. */
export async function settled(call: Promise<unknown>, done: readonly number[] = [304, 404, 409]): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof EngineError && done.includes(error.status)) return;
    throw error;
  }
}
