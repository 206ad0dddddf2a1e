import { Callout } from '#components/ui/callout.tsx';

/** Our error texts say what happened, what was kept, what to do, in this order: the first sentence is the title. */
export function ProblemCallout({ text }: { text: string }) {
  const end = text.search(/[.:] /);
  const [title, rest] = end < 0 ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 2)];
  return (
    <Callout tone="failed" role="alert" title={title}>
      {rest}
    </Callout>
  );
}
