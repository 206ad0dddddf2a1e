import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { archivo, jetbrains } from '#app/fonts.ts';
import { themeScript } from '#components/ui/theme.ts';
import { ThemeGuard } from '#components/ui/theme-guard.tsx';
import { ToastHost } from '#components/ui/toast-host.tsx';
import '#app/globals.css';

export const metadata: Metadata = {
  title: { default: 'Belowdeck', template: '%s · Belowdeck' },
  description:
    'Guided labs about what really happens under docker run: a live sandbox, and tasks that check themselves.',
  referrer: 'same-origin',
};

export const viewport: Viewport = {
  themeColor: '#0d2036',
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // The script sets data-theme before React looks at the page.
    <html lang="en" className={`${archivo.variable} ${jetbrains.variable}`} suppressHydrationWarning>
      <head>
        {/* Browsers hide the nonce from scripts, so React cannot compare it. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <a
          href="#main"
          className="fixed top-2 left-2 z-60 -translate-y-20 rounded-md bg-accent px-4 py-2 font-semibold text-on-accent text-sm focus:translate-y-0"
        >
          Skip to the main part
        </a>
        <ThemeGuard />
        {children}
        <ToastHost />
      </body>
    </html>
  );
}
