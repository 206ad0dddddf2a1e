import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { ActionForm } from '#app/_components/action-form.tsx';
import { ProblemCallout } from '#app/_components/problem-callout.tsx';
import { findViewer } from '#app/_components/viewer.ts';
import { signUpAction } from '#app/(auth)/_components/auth-actions.ts';
import { AuthCard } from '#app/(auth)/_components/auth-card.tsx';
import { nameField, newEmailField, newPasswordField } from '#app/(auth)/_components/fields.ts';
import { joinAction } from '#app/(auth)/_components/join-action.ts';
import { Callout } from '#components/ui/callout.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { findClassByCode } from '#data/class-members.ts';
import { listClasses } from '#data/classes.ts';
import { getRuntime } from '#server/runtime.ts';

export const metadata: Metadata = { title: 'Join a class' };

const noClass =
  'This join link leads to no class. It was renewed, or the class is archived; nothing was changed. Ask your instructor for the link as it is now.';

export default async function JoinPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const { db, http, limits } = getRuntime();
  try {
    await limits.take('link', http.addressOf(await headers()));
  } catch (error) {
    return <JoinProblem text={http.explain(error)} />;
  }
  const found = await findClassByCode(db, decodeURIComponent(code));
  if (!found) return <JoinProblem text={noClass} />;

  const viewer = await findViewer();
  if (viewer && !viewer.guest) {
    const member = (await listClasses(db, viewer)).some(each => each.id === found.id && each.viewerRole !== null);
    if (member)
      return (
        <AuthCard title={found.name}>
          <Callout
            tone="passed"
            title="You are in this class."
            todo="Open a lab: your instructor sees how you get on."
          />
          <LinkButton href="/" variant="primary" size="lg" className="mt-5 w-full">
            Go to the labs
          </LinkButton>
        </AuthCard>
      );
    return (
      <AuthCard title={found.name} lede={`You join as ${viewer.name} (${viewer.email}).`}>
        <p className="mb-5 text-sm">
          The instructors of this class will see your name, your email, and how you get on with the labs.
        </p>
        <ActionForm action={joinAction} fields={[]} submit="Join this class" hidden={{ code }} />
      </AuthCard>
    );
  }
  const here = `/join/${encodeURIComponent(code)}`;
  return (
    <AuthCard
      title={found.name}
      lede={
        viewer
          ? 'Make an account to join. What you did as a guest goes with you.'
          : 'Make an account to join this class. Its instructors will see how you get on.'
      }
      below={
        <p>
          You have an account?{' '}
          <Link href={`/sign-in?next=${encodeURIComponent(here)}`} className="link">
            Sign in to join
          </Link>
          .
        </p>
      }
    >
      <ActionForm
        action={signUpAction}
        fields={[nameField, newEmailField, newPasswordField]}
        submit="Make account and join"
        hidden={{ joinCode: code, next: here }}
      />
    </AuthCard>
  );
}

function JoinProblem({ text }: { text: string }) {
  return (
    <AuthCard title="Join a class">
      <ProblemCallout text={text} />
    </AuthCard>
  );
}
