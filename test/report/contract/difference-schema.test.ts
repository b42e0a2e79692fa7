/** The JSON contract of what differs between two reports: any difference satisfies it. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceJsonSchema, differenceSchema } from '../../../src/report/contract/difference-schema.js';
import { between, repeats, sampled } from '../../gate/difference/difference-fixtures.js';
import { anyReport } from '../arbitraries.js';

const schemaFile = new URL('../../../docs/report-difference.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

describe('docs/report-difference.schema.json', () => {
  it('is up to date with the schema in the source (npm run build && node tools/write-schemas.mjs)', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(differenceJsonSchema())));
  });

  it('accepts what differs between any two reports', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (a, b) => {
        const written = JSON.parse(JSON.stringify(between(a, b))) as object;
        expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
        expect(differenceSchema.parse(written)).toEqual(written);
      }),
      { numRuns: 8 },
    );
  });

  it('refuses one that lacks any one of its fields', () => {
    const written = JSON.parse(JSON.stringify(sampled(repeats(2, 1), repeats(2)))) as object;
    expect(validate(written)).toBe(true);
    const accepted = Object.keys(written).filter((key) => {
      const lacking = { ...written };
      Reflect.deleteProperty(lacking, key);
      return validate(lacking);
    });
    expect(accepted).toEqual([]);
  });
});
