import { Eye, Ship, SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { findViewer } from '#app/_components/viewer.ts';
import { Decks } from '#app/(learn)/_components/decks.tsx';
import { LabCard } from '#app/(learn)/_components/lab-card.tsx';
import { courseOverviews } from '#app/(learn)/_components/lab-overview.ts';
import { StartLabButton } from '#app/(learn)/_components/start-lab-button.tsx';
import { AssignedToMe } from '#app/(teach)/_components/assigned-to-me.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageBody } from '#components/ui/page-body.tsx';
import { getRuntime } from '#server/runtime.ts';

const ways = [
  {
    icon: SquareTerminal,
    title: 'A machine of your own',
    text: 'Every lab opens a real Linux machine with its own Docker daemon. Break it: a fresh one is a click away.',
  },
  {
    icon: Eye,
    title: 'It sees what you did',
    text: 'Type in the terminal. Tasks turn green by themselves, because the platform looks at the daemon and the processes.',
  },
  {
    icon: Ship,
    title: 'Guess, then look',
    text: 'Commit to a prediction first. Then your own machine shows what is true, and why.',
  },
];

export default async function StartPage() {
  const viewer = await findViewer();
  const { settings } = getRuntime();
  const courses = await courseOverviews(viewer);
  const labs = courses.flatMap(course => course.labs);
  const next = labs.find(lab => lab.state === 'active') ?? labs.find(lab => lab.state === 'new') ?? labs[0];
  const call =
    next?.state === 'active'
      ? 'Continue where you were'
      : viewer || !settings.guests
        ? 'Start the first lab'
        : 'Try it without an account';

  return (
    <PageBody>
      <section
        data-theme="dark"
        className="hull-band on-hull relative -mt-8 mb-10 grid gap-10 pt-10 pb-14 text-ink sm:-mt-12 sm:pt-16 sm:pb-20 lg:grid-cols-[6fr_5fr] lg:items-center"
      >
        <div className="space-y-6">
          <h1 className="text-3xl sm:text-4xl">See what really happens under docker run</h1>
          <p className="max-w-xl text-lg text-muted">
            Belowdeck is a place to learn Docker from below: guided labs beside a live terminal, on a machine that is
            yours to take apart.
          </p>
          <div className="flex flex-wrap items-center gap-3">
            {next && (
              <StartLabButton course={next.lab.course} lab={next.lab.slug} size="lg">
                {call}
              </StartLabButton>
            )}
            {!viewer && (
              <LinkButton href="/sign-in" size="lg" variant="secondary">
                Sign in
              </LinkButton>
            )}
          </div>
        </div>
        <Decks />
        <div aria-hidden className="draft-marks absolute inset-x-0 bottom-0 h-2.5" />
      </section>

      {viewer && <AssignedToMe viewer={viewer} />}
      {courses.map(({ course, labs: list }) => (
        <section key={course.slug} className="mb-14 space-y-5">
          <div className="max-w-3xl space-y-2">
            <h2 className="text-2xl">
              <Link href={`/learn/${course.slug}`} className="hover:underline">
                {course.title}
              </Link>
            </h2>
            <p className="text-muted">{course.summary}</p>
          </div>
          <ol className="grid gap-4">
            {list.map((lab, index) => (
              <li key={lab.lab.slug}>
                <LabCard overview={lab} number={index + 1} level={3} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {labs.length === 0 && (
        <EmptyState title="There is no lab here yet.">
          Labs live in the folder labs/. The server's log says what is wrong with those it left out.
        </EmptyState>
      )}

      <section aria-labelledby="how" className="space-y-5">
        <h2 id="how" className="text-2xl">
          How it works
        </h2>
        <ul className="grid gap-8 md:grid-cols-3">
          {ways.map(({ icon: Icon, title, text }) => (
            <li key={title} className="space-y-2">
              <Icon aria-hidden className="size-7 text-accent-ink" strokeWidth={1.75} />
              <h3 className="text-lg">{title}</h3>
              <p className="text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </PageBody>
  );
}
