import type { StepOutline } from './outline.ts';
import type { Problem, Source } from './problem.ts';

/** Where a link of a step leads; `nowhere` when it is of no form that a lab may have. */
export type LinkTarget =
  | { kind: 'web'; url: string }
  | { kind: 'anchor' }
  | { kind: 'step'; slug: string }
  | { kind: 'lab'; slug: string }
  | { kind: 'asset'; path: string }
  | { kind: 'nowhere' };

/** What the links of one lab may point at. */
export interface LinkTargets {
  steps: string[];
  /** Lab slugs of the same course. */
  labs: string[];
  /** Paths below the lab's `assets/`. */
  assets: string[];
}

/**
 * Links are written as they work in a file browser: `03-name.md` (a step of this lab), `../../other-lab/lab.yaml`
 * (a lab of this course), `../assets/x.svg`, `https://…`, `#heading`.
 */
export function linkTarget(href: string): LinkTarget {
  if (/^https:\/\/[^\s]+$/.test(href)) return { kind: 'web', url: href };
  if (href.startsWith('#')) return { kind: 'anchor' };
  const step = /^(?:\.\/)?\d{2}-([a-z0-9-]+)\.md$/.exec(href)?.[1];
  if (step) return { kind: 'step', slug: step };
  const lab = /^\.\.\/\.\.\/([a-z0-9-]+)\/lab\.yaml$/.exec(href)?.[1];
  if (lab) return { kind: 'lab', slug: lab };
  const asset = /^\.\.\/assets\/([A-Za-z0-9][A-Za-z0-9._-]*)$/.exec(href)?.[1];
  if (asset) return { kind: 'asset', path: asset };
  return { kind: 'nowhere' };
}

function exists(target: LinkTarget, targets: LinkTargets): boolean {
  if (target.kind === 'step') return targets.steps.includes(target.slug);
  if (target.kind === 'lab') return targets.labs.includes(target.slug);
  if (target.kind === 'asset') return targets.assets.includes(target.path);
  return target.kind !== 'nowhere';
}

/** Links that lead nowhere, and pictures from elsewhere (a page may load nothing from other sites). */
export function linkProblems(source: Source, outline: StepOutline, targets: LinkTargets): Problem[] {
  return outline.links.flatMap(({ href, kind, line }) => {
    const target = linkTarget(href);
    const about = { file: source.file, line, field: `${kind} ${href.slice(0, 80)}` };
    if (kind === 'image' && target.kind !== 'asset') {
      return [
        {
          ...about,
          message: 'expected a picture of this lab',
          remedy: 'Put it into assets/ and write ![what it shows](../assets/name.svg).',
        },
      ];
    }
    if (exists(target, targets)) return [];
    return [
      {
        ...about,
        message: target.kind === 'nowhere' ? 'is of no form that a lab can link to' : 'leads to nothing',
        remedy:
          'Use https://…, #heading, NN-name.md (a step), ../../<lab>/lab.yaml or ../assets/<file>, and see that it exists.',
      },
    ];
  });
}
