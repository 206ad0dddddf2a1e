/**
 * One run at a time. Calls that come while one is under way share the next run, which sees all that happened before
 * it began; each call settles with a run that began after the call.
 */
export function serialized(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  function begin(): Promise<void> {
    const own = run().finally(() => {
      if (current === own) current = null;
    });
    current = own;
    return own;
  }
  return () => {
    if (!current) return begin();
    next ??= current
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
