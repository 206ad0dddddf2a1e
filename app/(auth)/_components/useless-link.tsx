import { ProblemCallout } from '#app/_components/problem-callout.tsx';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

/** A one-time link that does nothing (any more). */
export function UselessLink({ text }: { text: string }) {
  return (
    <AuthCard title="This link does nothing">
      <ProblemCallout text={text} />
      <LinkButton href="/sign-in" className="mt-5 w-full">
        Sign in instead
      </LinkButton>
    </AuthCard>
  );
}
