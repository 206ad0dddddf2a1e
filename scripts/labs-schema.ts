import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { labJsonSchemas } from '#server/catalog/json-schemas.ts';

/** `npm run labs:schema`: writes the JSON Schemas that editors use, from the schemas that the loader uses. */
const dir = path.resolve('labs/schema');
mkdirSync(dir, { recursive: true });
for (const [name, schema] of Object.entries(labJsonSchemas())) {
  writeFileSync(path.join(dir, name), `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`wrote labs/schema/${name}`);
}
