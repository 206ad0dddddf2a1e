import type { FitAddon } from '@xterm/addon-fit';
import type { SearchAddon } from '@xterm/addon-search';
import type { ITheme, Terminal } from '@xterm/xterm';
import type { TerminalScreen } from './output-receiver.ts';

/** Lines that can be scrolled back. */
const SCROLLBACK = 5_000;
const FONT = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace";

export interface XtermOptions {
  theme: ITheme;
  fontSize: number;
  screenReader: boolean;
  readOnly: boolean;
  onInput: (data: string | Uint8Array) => void;
  /** Asked for each key before the terminal sees it; false leaves the key to the browser. */
  onKey: (event: KeyboardEvent) => boolean;
  onSelection: (selected: boolean) => void;
}

/** xterm.js with its add-ons, behind the few things the rest of the page does with it. */
export class XtermScreen implements TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit: FitAddon;
  readonly search: SearchAddon;

  private constructor(terminal: Terminal, fit: FitAddon, search: SearchAddon) {
    this.#terminal = terminal;
    this.#fit = fit;
    this.search = search;
  }

  /** Loads xterm.js (a chunk of its own) and opens it in `parent`. */
  static async create(parent: HTMLElement, options: XtermOptions): Promise<XtermScreen> {
    const [{ Terminal }, { FitAddon }, { SearchAddon }, { WebLinksAddon }, { Unicode11Addon }] = await Promise.all([
      import('@xterm/xterm'),
      import('@xterm/addon-fit'),
      import('@xterm/addon-search'),
      import('@xterm/addon-web-links'),
      import('@xterm/addon-unicode11'),
      // Cells are measured once: the font must be there before.
      document.fonts.load(`${options.fontSize}px ${FONT}`).catch(() => undefined),
    ]);
    const terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: true,
      disableStdin: options.readOnly,
      fontFamily: FONT,
      fontSize: options.fontSize,
      linkHandler: { activate: (_event, uri) => openLink(uri) },
      minimumContrastRatio: 4.5,
      screenReaderMode: options.screenReader,
      scrollback: SCROLLBACK,
      theme: options.theme,
    });
    const fit = new FitAddon();
    const search = new SearchAddon();
    terminal.loadAddon(fit);
    terminal.loadAddon(search);
    terminal.loadAddon(new WebLinksAddon((_event, uri) => openLink(uri)));
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    terminal.open(parent);
    terminal.textarea?.setAttribute('aria-label', 'Terminal input. Press Shift+Tab to leave the terminal.');
    terminal.attachCustomKeyEventHandler(options.onKey);
    terminal.onData(options.onInput);
    // Old mouse reports are bytes, not text.
    terminal.onBinary(data => options.onInput(Uint8Array.from(data, char => char.charCodeAt(0))));
    terminal.onSelectionChange(() => options.onSelection(terminal.hasSelection()));
    await drawFast(terminal);
    return new XtermScreen(terminal, fit, search);
  }

  write(data: Uint8Array | string, rendered: () => void): void {
    this.#terminal.write(data, rendered);
  }

  resize(cols: number, rows: number): void {
    if (cols !== this.#terminal.cols || rows !== this.#terminal.rows) this.#terminal.resize(cols, rows);
  }

  /** The size that would fill the element; null while it is not shown. */
  wantedSize(): { cols: number; rows: number } | null {
    const size = this.#fit.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return null;
    return { cols: Math.min(500, Math.max(2, size.cols)), rows: Math.min(300, Math.max(1, size.rows)) };
  }

  set(options: { theme: ITheme; fontSize: number; screenReader: boolean; readOnly: boolean }): void {
    this.#terminal.options.theme = options.theme;
    this.#terminal.options.fontSize = options.fontSize;
    this.#terminal.options.screenReaderMode = options.screenReader;
    this.#terminal.options.disableStdin = options.readOnly;
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  /** Whether the shell wants pasted text marked as such. */
  get bracketedPaste(): boolean {
    return this.#terminal.modes.bracketedPasteMode;
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  focus(): void {
    this.#terminal.focus();
  }

  scrollToBottom(): void {
    this.#terminal.scrollToBottom();
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}

/** The GPU draws where it can; xterm's own DOM renderer does otherwise. */
async function drawFast(terminal: Terminal): Promise<void> {
  if (!hasGraphicsProcessor()) return;
  try {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // No WebGL here.
  }
}

/** Drawn by the processor, WebGL is slower than the DOM. */
function hasGraphicsProcessor(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  const info = context?.getExtension('WEBGL_debug_renderer_info');
  const name = info ? String(context?.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  // A page may only have a few contexts.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null && !/swiftshader|llvmpipe|software|basic render/i.test(name);
}

/** Output is the learner's or anybody's: only web addresses, and the opened page gets no hold of ours. */
function openLink(uri: string): void {
  if (/^https?:\/\//i.test(uri)) window.open(uri, '_blank', 'noopener,noreferrer');
}
