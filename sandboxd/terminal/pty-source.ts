import type { TerminalSandbox } from './terminals-port.ts';

export interface PtyRequest {
  sandbox: TerminalSandbox;
  /** Set in the shell's environment, so that leftovers can be told apart. */
  terminalId: string;
  cols: number;
  rows: number;
}

/** A running login shell and the master side of its terminal. */
export interface Pty {
  /** Raw output, in order; the bytes are only valid during the call. One listener. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Once, after the last output; `code` is null when nobody can know it. One listener. */
  onExit(listener: (code: number | null) => void): void;
  /** Queues input without ever blocking; returns how many bytes now wait for the shell to read. */
  write(bytes: Uint8Array): number;
  /** Called whenever waiting input got less. One listener. */
  onDrain(listener: (waiting: number) => void): void;
  /** Stops reading the master: the kernel then holds back whoever writes to the terminal. */
  pause(): void;
  resume(): void;
  resize(cols: number, rows: number): void;
  /** Ends the shell and everything of its session; idempotent; bounded in time. */
  kill(): Promise<void>;
}

/** A way to start the learner's shell inside a sandbox. */
export interface PtySource {
  readonly name: string;
  /** Throws CodedError `terminal-failed` when no shell comes within `terminalLimits.openTimeoutMs`. */
  open(request: PtyRequest): Promise<Pty>;
}
