import type { WebSocket } from 'ws';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import type { OutputBudget } from './output-rate.ts';

/** What the terminals need to know of a sandbox. */
export interface TerminalSandbox {
  id: string;
  /** Full id of its container in the sandbox host's engine: what `runc exec` and `docker exec` take. */
  containerId: string;
}

/** What the terminals ask of the rest of sandboxd. */
export interface SandboxAccess {
  /** The living sandbox. Throws CodedError `sandbox-not-found` or `sandbox-ended`. */
  get(sandboxId: string): TerminalSandbox;
  /**
   * Undoes what can hold an exec hostage (a frozen cgroup), from outside. Call it before each exec; it is bounded
   * in time and never throws because of the learner's doing.
   */
  thaw(sandboxId: string): Promise<void>;
  /** Whose it is, for the log; null: nobody's yet, or it is gone. Never throws. */
  attemptOf?(sandboxId: string): string | null;
  /** A keystroke of the learner: counts as activity. Cheap; call it per input frame. */
  active(sandboxId: string): void;
  /** How fast its terminals may write, all together; none: as fast as somebody looks. */
  outputBudget?(sandboxId: string): OutputBudget;
  /** They wrote more than that and are held back; told again and again while they are. */
  outputHeld?(sandboxId: string, bytesPerSecond: number): void;
}

/** The terminals of all sandboxes: made by `createTerminals` in terminals.ts, used by the RPC server. */
export interface Terminals {
  /** Opens a shell. Throws CodedError: sandbox-*, `too-many-terminals`, `internal`. */
  open(input: { sandboxId: string; cols: number; rows: number }): Promise<TerminalInfo>;
  /** In order of opening; a terminal whose shell has ended stays listed until it is closed. */
  list(sandboxId: string): TerminalInfo[];
  /** Ends its shell with all its children. Throws `terminal-not-found` when there is none. */
  close(terminalId: string): Promise<void>;
  /** Takes over an accepted WebSocket (`/terminal/<id>?from=<offset>`); closes it with 4404 when there is no such terminal. */
  attach(socket: WebSocket, terminalId: string, from: number | null): void;
  /** Ends all shells of a sandbox; called before it is removed. Never throws, bounded in time. */
  endAll(sandboxId: string): Promise<void>;
  /** Opens a shell ahead of time, so that the first `open` is instant; called when a warm sandbox is ready. May do nothing. */
  prepare(sandboxId: string): Promise<void>;
  /** Ends everything; called at shutdown. */
  stop(): Promise<void>;
}
