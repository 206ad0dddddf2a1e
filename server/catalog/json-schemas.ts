import { z } from 'zod';
import { checkSpecSchema } from '#domain/check/spec.ts';
import { courseYamlSchema, labYamlSchema } from '#domain/lab/lab-yaml.ts';
import { stepFrontMatterSchema, taskCheckSchema } from '#domain/lab/step-front-matter.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * A check as written in a lab: the spec's schema with `holds` beside the kind, and the parts that it refers to.
 * Its references to itself move with it.
 */
function checkJsonSchemas(): Record<string, JsonSchema> {
  const text = JSON.stringify(z.toJSONSchema(checkSpecSchema, { io: 'input' }));
  const moved = JSON.parse(text.replaceAll('"$ref":"#"', '"$ref":"#/$defs/check"')) as JsonSchema;
  const { $schema: _dialect, $defs, ...spec } = moved;
  const holds = { type: 'boolean' as const, description: 'True from the start, and must stay so.' };
  return {
    ...$defs,
    check: { ...spec, properties: { holds, ...spec.properties }, minProperties: 1, maxProperties: 2 },
  };
}

function toJsonSchema(title: string, schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    override: context => {
      if (context.zodSchema !== (taskCheckSchema as unknown)) return;
      for (const key of Object.keys(context.jsonSchema)) delete context.jsonSchema[key as keyof JsonSchema];
      Object.assign(context.jsonSchema, { $ref: '#/$defs/check' });
    },
  });
  return { title, ...json };
}

/** JSON Schemas for editors, by file name below labs/schema/. */
export function labJsonSchemas(): Record<string, JsonSchema> {
  const step = toJsonSchema('Front matter of steps/NN-name.md', stepFrontMatterSchema);
  return {
    'course.schema.json': toJsonSchema('course.yaml', courseYamlSchema),
    'lab.schema.json': toJsonSchema('lab.yaml', labYamlSchema),
    'step.schema.json': { ...step, $defs: { ...step.$defs, ...checkJsonSchemas() } },
  };
}
