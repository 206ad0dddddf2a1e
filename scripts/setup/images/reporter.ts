/** How the modules here tell a person what they do. The caller decides whether that is a terminal or a test's log. */
export type Reporter = {
  /** Runs one named piece of work; `progress` replaces the detail shown beside the name. */
  step<T>(title: string, work: (progress: (detail: string) => void) => Promise<T>): Promise<T>;
  /** One line that is no step: what was found, or why something is done in another way. */
  note(text: string): void;
};

/** Writes a line per finished step with its duration, and on a terminal the running detail. */
export function consoleReporter(out: NodeJS.WriteStream = process.stderr): Reporter {
  return {
    async step(title, work) {
      const began = performance.now();
      const live = out.isTTY === true;
      const show = (detail: string) => {
        if (live)
          out.write(`\r\x1b[2K  ${title} … ${detail.slice(0, Math.max(20, (out.columns ?? 80) - title.length - 8))}`);
      };
      show('');
      try {
        const result = await work(show);
        out.write(`${live ? '\r\x1b[2K' : ''}✓ ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`);
        return result;
      } catch (error) {
        out.write(`${live ? '\r\x1b[2K' : ''}✗ ${title}\n`);
        throw error;
      }
    },
    note: text => void out.write(`· ${text}\n`),
  };
}
