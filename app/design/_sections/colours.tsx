import { Section } from '#app/design/_sections/section.tsx';

const swatches = [
  'bg-bg',
  'bg-surface',
  'bg-raised',
  'bg-well',
  'bg-hull',
  'bg-line',
  'bg-line-strong',
  'bg-accent',
  'bg-accent-soft',
  'bg-passed',
  'bg-passed-soft',
  'bg-failed',
  'bg-failed-soft',
  'bg-unknown',
  'bg-unknown-soft',
  'bg-undone',
  'bg-undone-soft',
  'bg-info',
  'bg-info-soft',
];

export function Colours() {
  return (
    <Section title="Colours">
      <ul className="grid grid-cols-3 gap-3 sm:grid-cols-5 lg:grid-cols-7">
        {swatches.map(name => (
          <li key={name} className="text-xs">
            <span className={`mb-1 block h-12 rounded-md border border-line ${name}`} />
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
