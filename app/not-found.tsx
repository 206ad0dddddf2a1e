import { BrandMark } from '#components/ui/brand-mark.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PageBody width="text" className="grid min-h-dvh content-center justify-items-start gap-5">
      <BrandMark className="size-12" />
      <h1 className="text-3xl">Nothing at this address</h1>
      <p className="max-w-[52ch] text-lg text-muted">
        The link may be old, or the page is one that your account cannot open. Your progress is not affected.
      </p>
      <LinkButton href="/" variant="primary">
        Go to the start page
      </LinkButton>
    </PageBody>
  );
}
