/** Bounds of what counts as an echo, milliseconds. */
export const echoLimits = {
  /** Output within this time before a key means that a program writes by itself: the next frame says nothing of the key. */
  quietMs: 200,
  /** A key without an answer for this long has no echo (a password, a program that reads silently). */
  giveUpMs: 2_000,
  /** Longest input that counts as a key; anything above is pasted. */
  keyBytes: 8,
};

/** Measures one terminal at the relay. */
export interface EchoTimer {
  /** An input frame came from the browser; `bytes` without the frame's head. */
  key(bytes: number): void;
  /** An output frame came from sandboxd. */
  output(): void;
}

/**
 * The time from a key frame's arrival at the web process to the arrival of the next output frame of that terminal: the
 * way web → sandboxd → pty → shell → pty → sandboxd → web, without browser and network. Only keys typed after a moment
 * of quiet count, one at a time: someone who types faster than that is sampled, not measured key by key.
 */
export function createEchoTimer(
  observe: (seconds: number) => void,
  now: () => number = () => performance.now(),
): EchoTimer {
  let outputAt = Number.NEGATIVE_INFINITY;
  let keyAt: number | null = null;
  return {
    key(bytes) {
      const at = now();
      if (keyAt !== null && at - keyAt > echoLimits.giveUpMs) keyAt = null;
      if (keyAt !== null || bytes > echoLimits.keyBytes || at - outputAt < echoLimits.quietMs) return;
      keyAt = at;
    },
    output() {
      outputAt = now();
      if (keyAt !== null && outputAt - keyAt <= echoLimits.giveUpMs) observe((outputAt - keyAt) / 1_000);
      keyAt = null;
    },
  };
}
