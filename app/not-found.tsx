import { BrandMark } from '#components/ui/brand-mark.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id="main" tabIndex={-1} data-theme="dark" className="on-hull min-h-dvh bg-hull text-ink outline-none">
      <div className="mx-auto grid min-h-dvh max-w-3xl content-center justify-items-start gap-5 px-4 sm:px-6">
        <BrandMark className="size-12" />
        <h1 className="text-3xl">Nothing at this address</h1>
        <p className="max-w-[52ch] text-lg text-muted">
          The link may be old, or the page is one that your account cannot open. Your progress is not affected.
        </p>
        <LinkButton href="/" variant="primary">
          Go to the start page
        </LinkButton>
        <div aria-hidden className="draft-marks mt-4 h-2.5 w-full" />
      </div>
    </main>
  );
}
