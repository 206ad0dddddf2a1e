/** A terminal with a shell, whoever brings it: what the benchmarks write to and read from. */
export interface Line {
  write(text: string): void;
  /** One listener; it gets what came before it as well. */
  onData(listener: (bytes: Uint8Array) => void): void;
  close(): Promise<void>;
}

/** A contender of the terminal benchmarks. */
export interface LineSource {
  name: string;
  /** A fresh shell. `paced`: what it shows is drawn as slowly as xterm.js draws, and acknowledged then. */
  open(options?: { paced?: boolean }): Promise<Line>;
  stop(): Promise<void>;
}
