'use client';
import '#app/globals.css';
import PageError from './error.tsx';

/** When even the root layout threw: the same words, in a document of its own. */
export default function GlobalError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en" data-theme="light">
      <body>
        <PageError {...props} />
      </body>
    </html>
  );
}
