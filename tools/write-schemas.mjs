// Writes the JSON Schemas in docs/ from the zod schemas that validate at run time. Run it after a change to one of
// those (`npm run build && node tools/write-schemas.mjs`); a test fails while a committed schema is stale.
import { writeFileSync } from 'node:fs';
import { differenceJsonSchema } from '../dist/report/contract/difference-schema.js';
import { recordReportJsonSchema } from '../dist/report/contract/record-schema.js';
import { reportJsonSchema } from '../dist/report/contract/schema.js';
import { scenarioJsonSchema } from '../dist/scenario/json-schema.js';
import { strategyIds } from '../dist/strategy/registry.js';

const schemas = {
  'docs/scenario.schema.json': scenarioJsonSchema(strategyIds),
  'docs/report.schema.json': reportJsonSchema(),
  'docs/report-difference.schema.json': differenceJsonSchema(),
  'docs/record-report.schema.json': recordReportJsonSchema(),
};

for (const [path, schema] of Object.entries(schemas)) {
  const target = new URL(`../${path}`, import.meta.url);
  writeFileSync(target, `${JSON.stringify(schema, null, 2)}\n`);
  process.stdout.write(`wrote ${path}\n`);
}
