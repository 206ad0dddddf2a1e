import { z } from 'zod';
import type { CheckKind } from '../kind.ts';
import { type CheckSpec, checkSpecSchema } from '../spec.ts';
import { combine, outcomeOfAny } from './combine.ts';

/** At least one of several checks. */
export const anyCheck: CheckKind<CheckSpec[]> = {
  kind: 'any',
  spec: z.array(checkSpecSchema).min(1),
  references: () => [],
  needs: () => ({}),
  parts: specs => specs,
  evaluate: (specs, context) => {
    const findings = specs.map(context.evaluate);
    const outcome = outcomeOfAny(findings.map(finding => finding.outcome));
    const expected = findings.map(finding => finding.expected).join('; or ');
    return combine(
      outcome,
      expected,
      findings.filter(finding => finding.outcome === outcome),
    );
  },
};
