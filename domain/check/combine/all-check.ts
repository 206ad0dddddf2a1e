import { z } from 'zod';
import type { CheckKind } from '../kind.ts';
import { type CheckSpec, checkSpecSchema } from '../spec.ts';
import { combine, outcomeOfAll } from './combine.ts';

/** All of several checks. */
export const allCheck: CheckKind<CheckSpec[]> = {
  kind: 'all',
  spec: z.array(checkSpecSchema).min(1),
  references: () => [],
  needs: () => ({}),
  parts: specs => specs,
  evaluate: (specs, context) => {
    const findings = specs.map(context.evaluate);
    const outcome = outcomeOfAll(findings.map(finding => finding.outcome));
    const expected = findings.map(finding => finding.expected).join('; and ');
    return combine(
      outcome,
      expected,
      findings.filter(finding => finding.outcome === outcome),
    );
  },
};
