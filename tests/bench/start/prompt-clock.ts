import type { Page } from 'playwright-core';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';

/** Moments of one start, in milliseconds after the click, taken inside the page. */
export interface StartMoments {
  /** The lab page's own heading is there. */
  page: number;
  /** The terminal's WebSocket is opened by the page. */
  socket: number;
  /** The prompt's bytes have arrived. */
  bytes: number;
  /** They are drawn. */
  visible: number;
}

/** Puts a clock into every document of a page, before its own scripts run. */
export async function watchForPrompt(page: Page): Promise<void> {
  await page.addInitScript(startClock);
}

/** Waits for the prompt that follows the last click. */
export async function promptSeen(page: Page): Promise<StartMoments> {
  const seen = await page.waitForFunction(
    () => {
      const told = sessionStorage.getItem('bench');
      const moments = told ? JSON.parse(told) : {};
      return moments.visible ? moments : null;
    },
    null,
    { timeout: benchLimits.patienceMs },
  );
  const moments = (await seen.jsonValue()) as Record<keyof StartMoments | 'click', number>;
  const after = (moment: keyof StartMoments) => moments[moment] - moments.click;
  return { page: after('page'), socket: after('socket'), bytes: after('bytes'), visible: after('visible') };
}

/** Runs in the browser: nothing from outside is within its reach. */
function startClock(): void {
  const now = () => performance.timeOrigin + performance.now();
  let moments: Record<string, number> = JSON.parse(sessionStorage.getItem('bench') ?? '{}');
  const note = (moment: string) => {
    if (moments.click === undefined || moments[moment] !== undefined) return;
    moments[moment] = now();
    sessionStorage.setItem('bench', JSON.stringify(moments));
  };
  addEventListener(
    'click',
    event => {
      if (!(event.target as Element).closest('form button')) return;
      moments = { click: performance.timeOrigin + event.timeStamp };
      sessionStorage.setItem('bench', JSON.stringify(moments));
    },
    true,
  );

  const Native = WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (!String(url).includes('/ws/terminal/')) return;
      note('socket');
      let text = '';
      this.addEventListener('message', ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        const bytes = new Uint8Array(data);
        if (bytes[0] !== 0) return;
        text = (text + new TextDecoder('latin1').decode(bytes.subarray(7))).slice(-200);
        if (text.includes('$ ')) note('bytes');
      });
    }
  };

  const look = () => {
    if (moments.click !== undefined && moments.visible === undefined) {
      if (location.pathname.split('/').length > 4 && document.querySelector('h1')) note('page');
      // xterm draws into the document, or into a canvas whose next frame follows the bytes.
      const rows = document.querySelector('.xterm-rows');
      const drawn = rows ? (rows.textContent ?? '').includes('$') : moments.bytes !== undefined;
      if (moments.bytes !== undefined && drawn) requestAnimationFrame(() => note('visible'));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
