import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answerSpecSchema } from './answer/answer-spec.ts';
import { cgroupSpecSchema } from './cgroup/cgroup-spec.ts';
import { containerSpecSchema } from './container/container-spec.ts';
import { daemonSpecSchema } from './daemon/daemon-spec.ts';
import { eventSpecSchema } from './event/event-spec.ts';
import { fileSpecSchema } from './file/file-spec.ts';
import { imageSpecSchema } from './image/image-spec.ts';
import { processSpecSchema } from './process/process-spec.ts';
import { SHOWN } from './query/query-spec.ts';
import { checkSpecSchema, factQuerySchema } from './spec.ts';

// What authors read must be what the schemas take.
const page = readFileSync(new URL('../../docs/authoring-checks.md', import.meta.url), 'utf8');

const section = (heading: string): string => page.split(`\n### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';
/** Every word in backticks in the first column of a section's tables. */
const documented = (text: string): string[] =>
  text
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .flatMap(line => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(match => match[1] ?? ''));

const schemas = {
  container: containerSpecSchema,
  image: imageSpecSchema,
  process: processSpecSchema,
  daemon: daemonSpecSchema,
  event: eventSpecSchema,
  file: fileSpecSchema,
  cgroup: cgroupSpecSchema,
  answer: answerSpecSchema,
};

describe('docs/authoring-checks.md', () => {
  it.each(Object.entries(schemas))('lists every field of %s and no other', (kind, schema) => {
    expect(documented(section(kind)).sort()).toEqual(Object.keys(schema.shape).sort());
  });

  it.each(Object.entries(SHOWN))('lists what can be shown of a %s', (subject, shown) => {
    const row = page
      .split('## Live answers')[1]
      ?.split('\n')
      .find(line => line.startsWith(`| \`${subject}\``));
    const words = [...(row?.split('|')[3] ?? '').matchAll(/`(\w+)`/g)].map(match => match[1]);
    expect(words.sort()).toEqual([...shown].sort());
  });

  it('has examples that the schemas take', () => {
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(match => parse(match[1] ?? ''));
    const checks = blocks.flatMap(block => Object.values<Record<string, unknown>>(block.checks ?? {}));
    const questions = blocks.flatMap(block =>
      Object.values<{ answer?: unknown; reveal?: { fact: unknown } }>(block.questions ?? {}),
    );
    expect([checks.length, questions.length]).toEqual([6, 2]);
    for (const { holds: _, ...spec } of checks) expect(checkSpecSchema.parse(spec)).toEqual(spec);
    for (const { answer, reveal } of questions) factQuerySchema.parse(answer ?? reveal?.fact);
  });
});
