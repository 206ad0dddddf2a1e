import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Without these Chromium looks for Google's hosts at every start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Headless Chromium: Debian's where it is, another by BELOWDECK_CHROMIUM. */
export function launchBrowser(): Promise<Browser> {
  const named = process.env.BELOWDECK_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ args: FLAGS, ...(existsSync(named) ? { executablePath: named } : {}) });
}

export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** Console errors and warnings, page errors and failed requests so far, less what was expected. */
  complaints(): string[];
  /** From now on a complaint that matches is expected (a network cut, say). */
  expect(pattern: RegExp): void;
}

/** A page in a fresh profile whose console is listened to: a test asserts at its end that nothing was complained about. */
export async function newWatchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  const heard: string[] = [];
  // Without a graphics card Chromium draws the terminal in software and grumbles about it; on a busy machine xterm.js
  // remarks that drawing took longer than a frame.
  const expected: RegExp[] = [/GL Driver Message/, /task queue exceeded allotted deadline/];
  const hear = (text: string) => {
    if (!expected.some(pattern => pattern.test(text))) heard.push(text);
  };
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning')
      hear(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', error => hear(`page error: ${error.message}`));
  page.on('response', response => {
    if (response.status() >= 500) hear(`${response.status()} ${response.url()}`);
  });
  return { page, context, complaints: () => [...heard], expect: pattern => expected.push(pattern) };
}
