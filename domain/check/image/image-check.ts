import type { Facts, ImageFact } from '#domain/facts/facts.ts';
import { type Condition, met, select, unmet, unseen } from '../conditions.ts';
import { noBaseline, whyPartial, whyUnseen } from '../gaps.ts';
import type { CheckContext, CheckKind, Finding } from '../kind.ts';
import { nearNames } from '../near-names.ts';
import { quoted } from '../quote-learner-text.ts';
import { imageGoesBy } from '../values/image-match.ts';
import { parseImageReference } from '../values/image-reference.ts';
import { joinAnd, joinSome } from '../values/sentence.ts';
import { WHERE } from '../where.ts';
import { type ImageSpec, imageSpecSchema } from './image-spec.ts';

function sinceConditions(spec: ImageSpec, baseline: Facts | null): Condition<ImageFact>[] {
  const before = baseline?.images?.find(image => imageGoesBy(spec.reference, image));
  const blind = !baseline?.images || (!before && whyPartial(baseline, 'images') !== null);
  const unknown = unseen(noBaseline(baseline, 'images'));
  const conditions: Condition<ImageFact>[] = [];
  if (spec.since) {
    conditions.push({
      demands: 'is new since this step was opened',
      test: image => (blind ? unknown : before?.id === image.id ? unmet('was there already, the same one') : met),
    });
  }
  if (spec.unchanged) {
    conditions.push({
      demands: 'is the same as when this step was opened',
      test: image => {
        if (blind) return unknown;
        if (before === undefined) return unmet('was not there when this step was opened');
        return before.id === image.id ? met : unmet('is another one than when this step was opened');
      },
    });
  }
  return conditions;
}

function saysNoSuchImage(reference: string, images: readonly ImageFact[]): string {
  const none = `there is no image ${quoted(reference)}`;
  const tags = images.flatMap(image => image.tags);
  const { repository } = parseImageReference(reference);
  const sameRepository = tags.filter(tag => parseImageReference(tag).repository === repository);
  const near =
    sameRepository.length > 0 ? sameRepository : nearNames(reference, tags, tag => tag.replace(/:latest$/, ''));
  return near.length > 0 ? `${none}; there is ${joinSome(near.map(quoted))}` : none;
}

function evaluate(spec: ImageSpec, { now, baseline }: CheckContext): Finding {
  const conditions = sinceConditions(spec, baseline);
  const name = `image ${quoted(spec.reference)}`;
  const demands = joinAnd(conditions.map(condition => condition.demands));
  const expected = spec.absent ? `there is no ${name}` : demands === '' ? `there is an ${name}` : `${name} ${demands}`;
  const where = WHERE.api;
  if (now.images === null) return { outcome: 'unknown', expected, observed: whyUnseen(now, 'images'), where };
  const partial = whyPartial(now, 'images');
  const candidates = now.images.filter(image => imageGoesBy(spec.reference, image));
  const { outcome, matches, nearest } = select(candidates, conditions, spec, partial === null);
  const [found] = matches;
  if (found) return { outcome, expected, observed: `${name} is there (${quoted(found.id.slice(0, 19))})`, where };
  if (nearest) return { outcome, expected, observed: `${name} ${joinAnd(nearest.said)}`, where };
  const none = spec.absent ? `there is no ${name}` : saysNoSuchImage(spec.reference, now.images);
  const observed = partial === null ? none : `not every image could be seen: ${partial}`;
  return { outcome, expected, observed, where };
}

/** An image in the sandbox's image store. */
export const imageCheck: CheckKind<ImageSpec> = {
  kind: 'image',
  spec: imageSpecSchema,
  references: () => [],
  needs: () => ({ images: true }),
  evaluate,
};
