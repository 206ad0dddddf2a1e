import type { Page } from 'playwright-core';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';

/** Moments of one command, in milliseconds after Enter, taken inside the page. */
export interface CommandMoments {
  /** The next prompt's bytes arrived: the command has ended. */
  prompt: number;
  /** The task's card changed. */
  card: number;
}

declare global {
  interface Window {
    bench: { enter: number; prompt: number | null; card: number | null; status: string };
  }
}

/** Puts a clock into every document of a page: it listens to the terminal's socket and watches the first task's card. */
export async function watchTask(page: Page): Promise<void> {
  await page.addInitScript(startClock);
}

/** Types a command and waits for its end and for the card to say `status`. */
export async function commandTo(page: Page, command: string, status: string): Promise<CommandMoments> {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.insertText(command);
  await page.evaluate(wanted => {
    Object.assign(window.bench, { enter: 0, prompt: null, card: null, status: wanted });
  }, status);
  await page.keyboard.press('Enter');
  const seen = await page.waitForFunction(
    () => (window.bench.prompt !== null && window.bench.card !== null ? window.bench : null),
    null,
    { timeout: benchLimits.patienceMs, polling: 50 },
  );
  const { enter, prompt, card } = (await seen.jsonValue()) as { enter: number; prompt: number; card: number };
  return { prompt: prompt - enter, card: card - enter };
}

/** Runs in the browser. */
function startClock(): void {
  window.bench = { enter: 0, prompt: null, card: null, status: '' };
  addEventListener(
    'keydown',
    event => {
      if (event.key === 'Enter') window.bench.enter = event.timeStamp;
    },
    true,
  );

  const Native = WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (!String(url).includes('/ws/terminal/')) return;
      let text = '';
      this.addEventListener('message', ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        const bytes = new Uint8Array(data);
        if (bytes[0] !== 0) return;
        text = (text + new TextDecoder('latin1').decode(bytes.subarray(7))).slice(-200);
        // The prompt after the echoed line: something that waits for input.
        if (window.bench.enter > 0 && /\n[^\n]*\$ (?:\x1b\[[\d;?]*[a-zA-Z])*$/.test(text))
          window.bench.prompt ??= performance.now();
        if (window.bench.enter === 0) text = '';
      });
    }
  };

  const look = () => {
    const { bench } = window;
    if (bench.enter === 0 || bench.card !== null) return;
    const words = document.querySelector('section[aria-label="Task 1"] header [aria-live]')?.textContent ?? '';
    if (words === bench.status) bench.card = performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
