import { describe, expect, it } from 'vitest';
import { parseExposition } from './exposition.ts';
import './metrics.ts';
import { registry } from './registry.ts';

const good = `# HELP a_total Things.
# TYPE a_total counter
a_total{kind="x"} 1
a_total{kind="y \\"quoted\\" \\\\ \\n end"} 2.5e3

# HELP b_seconds Time.
# TYPE b_seconds histogram
b_seconds_bucket{le="0.5"} 1
b_seconds_bucket{le="+Inf"} 2
b_seconds_sum 1.25
b_seconds_count 2
`;

describe('the text format', () => {
  it('is read into families with their samples', () => {
    const [a, b] = parseExposition(good);
    expect(a).toMatchObject({ name: 'a_total', type: 'counter', help: 'Things.' });
    expect(a?.samples[1]).toEqual({ name: 'a_total', labels: { kind: 'y "quoted" \\ \n end' }, value: 2500 });
    expect(b?.samples.map(sample => sample.value)).toEqual([1, 2, 1.25, 2]);
  });

  it.each([
    ['without its end', good.trimEnd(), /does not end/],
    ['with a family twice', `${good}# HELP a_total Again.\n`, /begins twice/],
    ['with a sample before its type', '# HELP a x\na 1\n', /before TYPE/],
    ['with a sample of another family', '# HELP a x\n# TYPE a gauge\nb 1\n', /another family/],
    ['with a bucket in a gauge', '# HELP a x\n# TYPE a gauge\na_bucket{le="1"} 1\n', /another family/],
    ['with a sample twice', '# HELP a x\n# TYPE a gauge\na{b="1"} 1\na{b="1"} 2\n', /twice/],
    ['with an unescaped quote', '# HELP a x\n# TYPE a gauge\na{b="1"2"} 1\n', /wrong labels/],
    ['with a label twice', '# HELP a x\n# TYPE a gauge\na{b="1",b="2"} 1\n', /wrong labels/],
    ['with a word for a number', '# HELP a x\n# TYPE a gauge\na one\n', /no number/],
    ['with a type nobody knows', '# HELP a x\n# TYPE a level\n', /wrong TYPE/],
    ['with no help', 'a 1\n', /before any HELP/],
  ])('is refused %s', (_, text, why) => {
    expect(() => parseExposition(text)).toThrow(why);
  });
});

it('is what the web process shows', async () => {
  const families = parseExposition(await registry.metrics());
  expect(families.length).toBeGreaterThan(20);
  expect(families.filter(({ name }) => !name.startsWith('belowdeck_')).map(({ name }) => name)).toEqual([]);
});
