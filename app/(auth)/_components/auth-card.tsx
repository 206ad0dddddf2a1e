import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { PageBody } from '#components/ui/page-body.tsx';

/** A page that asks for one thing: its title, why, the form, and other ways below. */
export function AuthCard({
  title,
  lede,
  below,
  children,
}: {
  title: ReactNode;
  lede?: ReactNode;
  below?: ReactNode;
  children: ReactNode;
}) {
  return (
    <PageBody width="narrow" className="sm:py-16">
      <h1 className="text-2xl">{title}</h1>
      {lede && <p className="mt-2 text-muted">{lede}</p>}
      <Card className="mt-6">{children}</Card>
      {below && <div className="mt-6 grid gap-4 text-sm">{below}</div>}
    </PageBody>
  );
}
