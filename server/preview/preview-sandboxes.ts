import type { Sandbox } from '#domain/protocol/sandbox.ts';
import type { WatchMessage } from '#domain/protocol/watch.ts';
import { labelOf } from './preview-host.ts';

export interface PreviewSandbox {
  sandboxId: string;
  attemptId: string;
}

/** The living sandboxes by the label their previews have; kept up to date by what /watch says. */
export interface PreviewSandboxes {
  find(label: string): PreviewSandbox | null;
  /** Takes in what is known of one; its label, or null when it does not live. */
  learn(sandbox: Sandbox): string | null;
  onWatch(message: WatchMessage): void;
}

export function createPreviewSandboxes(secret: string): PreviewSandboxes {
  const byLabel = new Map<string, PreviewSandbox>();
  function learn(sandbox: Sandbox): string | null {
    const label = labelOf(secret, sandbox.id);
    if (sandbox.attemptId !== null && sandbox.state === 'ready') {
      byLabel.set(label, { sandboxId: sandbox.id, attemptId: sandbox.attemptId });
      return label;
    }
    byLabel.delete(label);
    return null;
  }
  return {
    find: label => byLabel.get(label) ?? null,
    learn,
    onWatch(message) {
      if (message.type === 'sandbox') learn(message.sandbox);
      if (message.type !== 'hello') return;
      byLabel.clear();
      for (const sandbox of message.sandboxes) learn(sandbox);
    },
  };
}
