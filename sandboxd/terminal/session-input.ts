import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { isTerminalReport } from '#domain/protocol/terminal-report.ts';
import { InputWriters } from './input-writers.ts';
import type { Pty } from './pty-source.ts';
import type { TerminalViewer } from './terminal-viewer.ts';

interface SessionInputOptions {
  pty: Pick<Pty, 'write' | 'onDrain'>;
  viewers: ReadonlySet<TerminalViewer>;
  /** A person typed. */
  onInput?: () => void;
  /** A viewer is not read any further, or again. */
  onHeld: () => void;
}

/**
 * What the viewers of one shell type: told to the shell in the order in which it comes, counted for each page, and held
 * back at who sends more than the shell reads.
 */
export class SessionInput {
  readonly #options: SessionInputOptions;
  readonly #writers = new InputWriters();
  /** Whose emulator answers the programs' questions: the one whose person typed last. */
  #primary: TerminalViewer | null = null;

  constructor(options: SessionInputOptions) {
    this.#options = options;
    options.pty.onDrain(waiting => this.#drained(waiting));
  }

  joined(viewer: TerminalViewer): void {
    this.#primary ??= viewer;
  }

  /** Call it when it is none of the viewers any more. */
  left(viewer: TerminalViewer): void {
    if (this.#primary === viewer) this.#primary = this.#options.viewers.values().next().value ?? null;
  }

  /** A page comes back: its earlier connection, dead or not, is not listened to any more. */
  resume(viewer: TerminalViewer, writer: string, taken: number): void {
    for (const other of this.#options.viewers) {
      if (other === viewer || other.writer !== writer) continue;
      other.replaced = true;
      other.socket.terminate();
    }
    viewer.writes(writer, this.#writers.resume(writer, taken));
  }

  take(viewer: TerminalViewer, bytes: Uint8Array): void {
    if (viewer.writer) this.#writers.add(viewer.writer, bytes.length);
    if (isTerminalReport(bytes)) {
      if (viewer !== this.#primary) {
        viewer.typed(bytes.length, 0);
        return;
      }
    } else {
      this.#primary = viewer;
      this.#options.onInput?.();
    }
    const waiting = this.#options.pty.write(bytes);
    viewer.typed(bytes.length, waiting);
    if (waiting <= terminalLimits.inputHoldAbove || viewer.held) return;
    viewer.held = true;
    viewer.socket.pause();
    this.#options.onHeld();
  }

  #drained(waiting: number): void {
    const { viewers, onHeld } = this.#options;
    for (const viewer of viewers) viewer.typed(0, waiting);
    if (waiting > terminalLimits.inputResumeBelow) return;
    for (const viewer of viewers) {
      if (!viewer.held) continue;
      viewer.held = false;
      viewer.socket.resume();
    }
    onHeld();
  }
}
