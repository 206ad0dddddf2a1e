'use server';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { noteSandboxEnd } from '#data/sandbox-owners.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { sandboxIdSchema } from '#domain/protocol/sandbox.ts';
import { getRuntime } from '#server/runtime.ts';

export async function endSandboxAction(id: string): Promise<{ problem: string | null }> {
  const { auth, db, http, sandboxd } = getRuntime();
  try {
    const viewer = await auth.viewerFrom(await headers());
    if (!viewer) throw new CodedError('unauthorized', 'ending a sandbox while signed out');
    const sandboxId = sandboxIdSchema.safeParse(id);
    if (!sandboxId.success) throw new CodedError('bad-request', 'no sandbox id');
    // Noted first: it also checks that the viewer may.
    await noteSandboxEnd(db, viewer, sandboxId.data);
    await sandboxd.call('sandbox.end', { sandboxId: sandboxId.data, reason: 'admin' });
  } catch (error) {
    return { problem: http.explain(error) };
  }
  revalidatePath('/admin/sandboxes');
  return { problem: null };
}
