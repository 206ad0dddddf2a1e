import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { CodedError, type ErrorCode, errorTable } from '#domain/protocol/errors.ts';
import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { OutputRate } from './output-rate.ts';
import type { PtySource } from './pty-source.ts';
import { TerminalSession } from './terminal-session.ts';
import type { SandboxAccess, Terminals } from './terminals-port.ts';

/** Shells opened ahead of time get this size until somebody looks. */
const PREPARED_SIZE = { cols: 80, rows: 24 } as const;
/** How often deserted shells are looked for. */
const SWEEP_MS = 30_000;
/** The end of a sandbox does not wait longer for its shells: its removal ends them anyway. */
const END_ALL_MS = 2_000;

export interface TerminalLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface TerminalsOptions {
  access: SandboxAccess;
  source: PtySource;
  log?: TerminalLog;
  /** Epoch milliseconds. */
  now?: () => number;
  /** How long a shell without viewers lives after the last one left. */
  orphanMs?: number;
  /** How often such shells are looked for. */
  sweepMs?: number;
}

interface Terminal {
  readonly id: string;
  readonly sandboxId: string;
  readonly openedAt: number;
  readonly session: TerminalSession;
  /** Null while it waits for its first `open`. */
  title: string | null;
  exit: TerminalInfo['exit'];
  desertedAt: number | null;
}

/** Makes the terminals of all sandboxes; `stop` ends its timer and every shell. */
export function createTerminals(options: TerminalsOptions): Terminals {
  const { access, source, log, now = Date.now, orphanMs = terminalLimits.orphanMs } = options;
  const terminals = new Map<string, Terminal>();
  /** Titles given so far, per sandbox: a title is never used again. */
  const titles = new Map<string, number>();
  const opening = new Map<string, number>();
  /** One bucket per sandbox: opening another terminal gives no more. */
  const rates = new Map<string, OutputRate>();
  /** Shells being opened ahead of time. */
  const preparing = new Map<string, Promise<void>>();

  /** What the log calls it by; without an attempt while it waits for a learner. */
  const named = (sandboxId: string, terminal?: string) => ({
    sandbox: sandboxId,
    attempt: access.attemptOf?.(sandboxId) ?? undefined,
    terminal,
  });
  const ofSandbox = (sandboxId: string) => [...terminals.values()].filter(each => each.sandboxId === sandboxId);
  const info = (terminal: Terminal): TerminalInfo => ({
    id: terminal.id,
    sandboxId: terminal.sandboxId,
    title: terminal.title ?? '',
    ...terminal.session.size,
    openedAt: terminal.openedAt,
    exit: terminal.exit,
  });

  function rateOf(sandboxId: string): OutputRate | undefined {
    const budget = access.outputBudget?.(sandboxId);
    const rate =
      rates.get(sandboxId) ?? (budget && new OutputRate(budget, held => access.outputHeld?.(sandboxId, held)));
    if (rate) rates.set(sandboxId, rate);
    return rate;
  }

  async function start(sandboxId: string, size: { cols: number; rows: number }): Promise<Terminal> {
    const sandbox = access.get(sandboxId);
    const id = randomBytes(8).toString('hex');
    const startedAt = performance.now();
    const pty = await source.open({ sandbox, terminalId: id, ...size });
    try {
      access.get(sandboxId);
    } catch (error) {
      await pty.kill();
      throw error;
    }
    const session = new TerminalSession({
      pty,
      ...size,
      rate: rateOf(sandboxId),
      onInput: () => access.active(sandboxId),
      onExit: code => {
        terminal.exit = { code, at: now() };
        // What the shell left in the background goes with it.
        void pty.kill();
      },
      onDeserted: () => {
        terminal.desertedAt = now();
      },
    });
    const terminal: Terminal = { id, sandboxId, openedAt: now(), session, title: null, exit: null, desertedAt: null };
    terminals.set(id, terminal);
    log?.info({ ...named(sandboxId, id), ms: Math.round(performance.now() - startedAt) }, 'terminal opened');
    return terminal;
  }

  async function end(terminal: Terminal, code: ErrorCode): Promise<void> {
    terminals.delete(terminal.id);
    await terminal.session.close(errorTable[code].ws, code);
  }

  /** Makes room for one more: an ended terminal that is still listed gives way. */
  function reserve(sandboxId: string): void {
    const listed = ofSandbox(sandboxId);
    const room = terminalLimits.maxPerSandbox - listed.length - (opening.get(sandboxId) ?? 0);
    if (room > 0) return;
    const ended = listed.find(each => each.exit);
    if (!ended) throw new CodedError('too-many-terminals', `${sandboxId} has ${listed.length} terminals`);
    void end(ended, 'terminal-not-found');
  }

  async function counted<T>(sandboxId: string, work: () => Promise<T>): Promise<T> {
    opening.set(sandboxId, (opening.get(sandboxId) ?? 0) + 1);
    try {
      return await work();
    } finally {
      opening.set(sandboxId, (opening.get(sandboxId) ?? 1) - 1);
    }
  }

  const sweep = setInterval(() => {
    for (const terminal of terminals.values()) {
      const { desertedAt, session, id, sandboxId } = terminal;
      if (desertedAt === null || session.viewers > 0 || now() - desertedAt < orphanMs) continue;
      log?.info(named(sandboxId, id), 'terminal closed: nobody came back to it');
      void end(terminal, 'terminal-not-found');
    }
  }, options.sweepMs ?? SWEEP_MS);
  sweep.unref();

  return {
    async open({ sandboxId, cols, rows }) {
      access.get(sandboxId);
      await preparing.get(sandboxId);
      // Also for a shell that waits already: it may be frozen with the rest.
      await access.thaw(sandboxId);
      let terminal = ofSandbox(sandboxId).find(each => each.title === null && !each.exit);
      if (terminal) {
        terminal.session.resize(cols, rows);
        // It was opened before anybody had the sandbox: this line joins it to the attempt.
        log?.info(named(sandboxId, terminal.id), 'terminal handed over that was opened ahead');
      } else {
        reserve(sandboxId);
        terminal = await counted(sandboxId, () => start(sandboxId, { cols, rows }));
      }
      const title = (titles.get(sandboxId) ?? 0) + 1;
      titles.set(sandboxId, title);
      terminal.title = String(title);
      return info(terminal);
    },

    list: sandboxId =>
      ofSandbox(sandboxId)
        .filter(terminal => terminal.title !== null)
        .sort((a, b) => Number(a.title) - Number(b.title))
        .map(info),

    async close(terminalId) {
      const terminal = terminals.get(terminalId);
      if (!terminal) throw new CodedError('terminal-not-found', `no terminal ${terminalId}`);
      await end(terminal, 'terminal-not-found');
    },

    attach(socket, terminalId, from) {
      const terminal = terminals.get(terminalId);
      if (!terminal) return refuse(socket, 'terminal-not-found');
      if (terminal.session.viewers >= terminalLimits.maxViewers) return refuse(socket, 'rate-limited');
      terminal.desertedAt = null;
      terminal.session.attach(socket, from);
    },

    async endAll(sandboxId) {
      titles.delete(sandboxId);
      rates.delete(sandboxId);
      const all = Promise.allSettled(ofSandbox(sandboxId).map(terminal => end(terminal, 'sandbox-ended')));
      await Promise.race([all, sleep(END_ALL_MS, undefined, { ref: false })]);
    },

    async prepare(sandboxId) {
      // Asked twice, or after somebody was faster: one shell ahead is enough.
      if (preparing.has(sandboxId) || ofSandbox(sandboxId).length + (opening.get(sandboxId) ?? 0) > 0) return;
      const shell = start(sandboxId, PREPARED_SIZE).then(
        () => undefined,
        error =>
          log?.warn({ ...named(sandboxId), err: error }, 'no shell ahead of time; the first open will try again'),
      );
      preparing.set(sandboxId, shell);
      await shell;
      preparing.delete(sandboxId);
    },

    async stop() {
      clearInterval(sweep);
      const all = Promise.allSettled([...terminals.values()].map(terminal => end(terminal, 'host-unreachable')));
      await Promise.race([all, sleep(END_ALL_MS, undefined, { ref: false })]);
    },
  };
}

function refuse(socket: WebSocket, code: ErrorCode): void {
  socket.on('error', () => socket.terminate());
  socket.close(errorTable[code].ws, code);
}
