import { previewLimits } from './preview-limits.ts';

/** Something under way between a browser and a sandbox: a request, or a WebSocket. */
export interface Use {
  sandboxId: string;
  /** Asked now and then, for what stays open. */
  mayGoOn: () => Promise<boolean>;
  /** Ends it at once. */
  cut: () => void;
}

/** Counts and bounds what is under way, and ends what lost its right. */
export interface InUse {
  /** False when there is no room; else `leave` must be called once it is over. */
  enter(kind: 'request' | 'socket', use: Use): (() => void) | null;
  /** Asks each long one whether it may go on. */
  recheck(): Promise<void>;
  stop(): void;
}

export function createInUse(log: { warn(fields: object, text: string): void }): InUse {
  const uses = new Map<Use, 'request' | 'socket'>();
  const timer = setInterval(() => void recheck(), previewLimits.recheckMs);
  timer.unref();

  async function recheck(): Promise<void> {
    await Promise.all(
      [...uses.keys()].map(async use => {
        try {
          if (!(await use.mayGoOn())) use.cut();
        } catch (error) {
          // The database may be away for a moment: nobody is cut off for that.
          log.warn({ err: error, sandbox: use.sandboxId }, 'the right to a preview could not be looked up');
        }
      }),
    );
  }
  return {
    enter(kind, use) {
      let same = 0;
      for (const [{ sandboxId }, other] of uses) if (other === kind && sandboxId === use.sandboxId) same += 1;
      const most = kind === 'socket' ? previewLimits.socketsPerSandbox : previewLimits.requestsPerSandbox;
      if (same >= most || uses.size >= previewLimits.requestsInAll) return null;
      uses.set(use, kind);
      return () => void uses.delete(use);
    },
    recheck,
    stop() {
      clearInterval(timer);
      for (const use of [...uses.keys()]) use.cut();
    },
  };
}
