import { notFound } from 'next/navigation';
import { Choices } from '#app/design/_sections/choices.tsx';
import { Colours } from '#app/design/_sections/colours.tsx';
import { Feedback } from '#app/design/_sections/feedback.tsx';
import { Overlays } from '#app/design/_sections/overlays.tsx';
import { Reading } from '#app/design/_sections/reading.tsx';
import { States } from '#app/design/_sections/states.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SiteHeader } from '#components/ui/site-header.tsx';

export const metadata = { title: 'Design' };

/** Every component in one place, for those who change the look. Development only. */
export default function DesignPage() {
  if (process.env.NODE_ENV === 'production') notFound();
  return (
    <>
      <SiteHeader
        home="/design"
        nav={[
          { href: '/design', label: 'Labs' },
          { href: '/design/classes', label: 'Classes' },
        ]}
        user={
          <LinkButton href="/design" size="sm" variant="primary">
            Sign in
          </LinkButton>
        }
      />
      <PageBody>
        <PageHeader
          breadcrumb={[{ label: 'Belowdeck', href: '/' }, { label: 'Docker engine', href: '/' }, { label: 'Design' }]}
          title="Who keeps the container alive?"
          lede="Kill the daemon. Watch the container not notice."
          meta={
            <>
              <Badge tone="accent">Intermediate</Badge>
              <Badge>20 minutes</Badge>
              <Badge>6 steps</Badge>
            </>
          }
          actions={
            <>
              <Button>Start over</Button>
              <Button variant="primary">Continue</Button>
            </>
          }
        />
        <div className="grid gap-14">
          <States />
          <Choices />
          <Feedback />
          <Overlays />
          <Reading />
          <Colours />
        </div>
      </PageBody>
    </>
  );
}
