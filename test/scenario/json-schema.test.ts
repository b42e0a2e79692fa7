import { readFileSync, readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { scenarioFields } from '../../src/scenario/fields.js';
import { strategyIds } from '../../src/strategy/registry.js';

const root = new URL('../../', import.meta.url);
const committed: unknown = JSON.parse(readFileSync(new URL('docs/scenario.schema.json', root), 'utf8'));

describe('docs/scenario.schema.json', () => {
  it('is what the schema says today (npm run build && node tools/write-schemas.mjs writes it)', () => {
    expect(committed).toEqual(scenarioJsonSchema(strategyIds));
  });

  it('describes every field, so that editors can complete it', () => {
    const { properties } = committed as { properties: Record<string, { description?: string }> };
    expect(Object.keys(properties).sort()).toEqual([...scenarioFields].sort());
    for (const field of scenarioFields) expect(properties[field]?.description, field).toMatch(/^\S.*\.$/);
  });

  const validate = new Ajv({ strict: true }).compile(committed as object);

  it.each(
    readdirSync(new URL('scenarios/', root), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.yaml'),
    ),
  )('accepts scenarios/%s', (file) => {
    expect(
      validate(parse(readFileSync(new URL(`scenarios/${file}`, root), 'utf8'))),
      JSON.stringify(validate.errors),
    ).toBe(true);
  });

  it.each([
    { topics: 0 },
    { topics: '5' },
    { topcis: 5 },
    { maxWait: 100 },
    { maxWait: '100' },
    { publish: 'async:0' },
    { handlerFail: '5' },
    { strategy: 'none-such' },
    { name: '../x' },
    { expect: { singel: {} } },
    { expect: { single: { outcome: 'good' } } },
  ])('refuses %j as the tool does', (value) => {
    expect(validate(value)).toBe(false);
  });
});
