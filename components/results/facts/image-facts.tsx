import type { ImageFact } from '#domain/facts/facts.ts';
import { factLimits } from './fact-limits.ts';
import { visibleText } from './visible-text.ts';

/** Images the learner's daemon had. */
export function ImageFacts({ images }: { images: ImageFact[] }) {
  return (
    <ul className="grid gap-1.5 text-sm">
      {images.slice(0, factLimits.images).map(image => (
        <li key={image.id} className="flex flex-wrap justify-between gap-x-6">
          <code className="min-w-0 wrap-anywhere">
            {visibleText(image.tags.join(', ') || image.id.slice(0, 19), { max: 300 })}
          </code>
          <span className="text-muted tabular-nums">{(image.bytes / 1e6).toFixed(1)} MB</span>
        </li>
      ))}
    </ul>
  );
}
