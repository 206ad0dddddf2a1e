import type { z } from 'zod';
import { fenceReadingSchema } from './fence-name.ts';
import { sandboxIdSchema } from './sandbox.ts';

/** A fence around a sandbox acted: told when it begins to, not for as long as it does. */
export const fenceActionSchema = fenceReadingSchema.extend({ sandboxId: sandboxIdSchema });
export type FenceAction = z.infer<typeof fenceActionSchema>;
