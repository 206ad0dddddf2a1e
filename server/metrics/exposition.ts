/** One metric with all its lines, as the text format 0.0.4 of Prometheus groups them. */
export interface MetricFamily {
  name: string;
  type: string;
  help: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
  /** Its lines as they were. */
  text: string;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)(?: -?\\d+)?$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
/** prom-client writes `Nan`; the format takes what Go's ParseFloat takes, in either case. */
const VALUE = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]Inf|[Nn]a[Nn])$/;
const SUFFIXES: Record<string, readonly string[]> = {
  counter: [''],
  gauge: [''],
  untyped: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/**
 * Reads numbers in Prometheus's text format, strictly: HELP and TYPE before the samples of each family, each family
 * once, no sample twice, names and escapes as the format has them, a newline at the end. Throws with the line.
 */
export function parseExposition(text: string): MetricFamily[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, MetricFamily>();
  const seen = new Set<string>();
  let family: MetricFamily | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const fail = (why: string): never => {
      throw new Error(`line ${index + 1}: ${why}: ${line.slice(0, 120)}`);
    };
    if (line === '') continue;
    const help = new RegExp(`^# HELP (${NAME}) (.*)$`).exec(line);
    if (help) {
      const [, name = '', words = ''] = help;
      if (families.has(name)) fail('a family begins twice');
      family = { name, type: '', help: words, samples: [], text: `${line}\n` };
      families.set(name, family);
      continue;
    }
    const type = new RegExp(`^# TYPE (${NAME}) ([a-z]+)$`).exec(line);
    const current: MetricFamily = family ?? fail('a line before any HELP');
    current.text += `${line}\n`;
    if (type) {
      if (type[1] !== current.name || current.type !== '' || !type[2] || !(type[2] in SUFFIXES)) fail('a wrong TYPE');
      current.type = type[2] ?? '';
      continue;
    }
    const [, name = '', labelText, value = ''] = SAMPLE.exec(line) ?? fail('no sample');
    const suffix = name.startsWith(current.name) ? name.slice(current.name.length) : null;
    if (suffix === null || !SUFFIXES[current.type]?.includes(suffix)) fail('a sample of another family or before TYPE');
    if (!VALUE.test(value)) fail('no number');
    const labels = parseLabels(labelText ?? '') ?? fail('wrong labels');
    const key = `${name} ${JSON.stringify(Object.entries(labels).sort())}`;
    if (seen.has(key)) fail('a sample twice');
    seen.add(key);
    current.samples.push({ name, labels, value: Number(value.replace('Inf', 'Infinity')) });
  }
  return [...families.values()];
}

function parseLabels(text: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [whole = '', name = '', value = ''] = LABEL.exec(rest) ?? [];
    if (whole === '' || Object.hasOwn(labels, name)) return null;
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(whole.length);
  }
  return labels;
}
