import type { CheckKind } from '../kind.ts';
import { type CheckSpec, checkSpecSchema } from '../spec.ts';
import { combine, outcomeOfNot } from './combine.ts';

/** The opposite of a check. Binds nothing: what was not found cannot be referred to. */
export const notCheck: CheckKind<CheckSpec> = {
  kind: 'not',
  spec: checkSpecSchema,
  references: () => [],
  needs: () => ({}),
  parts: spec => [spec],
  evaluate: (spec, context) => {
    const { bound: _, ...finding } = context.evaluate(spec);
    return combine(outcomeOfNot(finding.outcome), `not: ${finding.expected}`, [finding]);
  },
};
