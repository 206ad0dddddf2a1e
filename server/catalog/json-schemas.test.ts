import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labJsonSchemas } from './json-schemas.ts';

const schemas = Object.entries(labJsonSchemas());

test.each(schemas)('labs/schema/%s is what the loader checks; else run: npm run labs:schema', (name, schema) => {
  const onDisk = JSON.parse(readFileSync(new URL(`../../labs/schema/${name}`, import.meta.url), 'utf8'));
  expect(onDisk).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('every reference inside a schema leads somewhere', () => {
  for (const [, schema] of schemas) {
    for (const [, name] of JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) {
      expect(Object.keys(schema.$defs ?? {})).toContain(name);
    }
    expect(JSON.stringify(schema)).not.toContain('"$ref":"#"');
  }
});

test('a check may say `holds` beside its kind, and nothing else', () => {
  const check = labJsonSchemas()['step.schema.json']?.$defs?.check;
  expect(check).toMatchObject({ additionalProperties: false, minProperties: 1, maxProperties: 2 });
  expect(Object.keys(check?.properties ?? {})).toEqual(expect.arrayContaining(['holds', 'container', 'not']));
});
