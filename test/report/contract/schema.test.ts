/** The JSON contract: what is generated from it, what it accepts and what it refuses. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { renderJson } from '../../../src/report/contract/json.js';
import { reportJsonSchema, runReportSchema } from '../../../src/report/contract/schema.js';
import { goldenCases } from '../../golden/cases.js';
import { threeModes } from '../fixtures.js';

const schemaFile = new URL('../../../docs/report.schema.json', import.meta.url);

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, formats: { 'date-time': true } });
const validate: ValidateFunction = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

function stored(report: RunReport): unknown {
  return JSON.parse(renderJson(report));
}

/** Every path of a JSON value that leads to a field, as keys. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(Array.isArray(value) ? [] : [[key]]),
    ...pathsOf(child).map((path) => [key, ...path]),
  ]);
}

function at(value: unknown, path: readonly string[]): Record<string, unknown> {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value) as Record<string, unknown>;
}

describe('docs/report.schema.json', () => {
  it('is up to date with the schema in the source (npm run build && node tools/write-schemas.mjs)', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });

  it.each(goldenCases.map((golden) => [golden.name, golden.report] as const))('accepts the report %s', (_, report) => {
    expect(validate(stored(report)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('refuses a report that lacks any one of its fields, but for what a scenario expects', () => {
    const paths = pathsOf(stored(threeModes()));
    expect(paths.length).toBeGreaterThan(500);
    const accepted = paths.filter((path) => {
      const report = stored(threeModes());
      Reflect.deleteProperty(at(report, path.slice(0, -1)), path.at(-1)!);
      return validate(report);
    });
    expect(accepted.map((path) => path.join('.'))).toEqual([
      'scenario.expect.multi/shared',
      'scenario.expect.multi/shared.outcome',
      'scenario.expect.multi/shared.that',
    ]);
  });

  it('refuses a report in which any one of its values is of another type', () => {
    const accepted = pathsOf(stored(threeModes())).filter((path) => {
      const report = stored(threeModes());
      const parent = at(report, path.slice(0, -1));
      const key = path.at(-1)!;
      parent[key] = typeof parent[key] === 'object' && parent[key] !== null ? 'text' : { other: 1 };
      return validate(report);
    });
    expect(accepted).toEqual([]);
  });

  it('accepts fields that a later version adds', () => {
    const report = stored(threeModes()) as { runs: Record<string, unknown>[] };
    report.runs[0]!['added'] = 1;
    expect(validate(report)).toBe(true);
  });

  it('has every field of the contract in docs/REPORT.md', () => {
    const text = readFileSync(new URL('../../../docs/REPORT.md', import.meta.url), 'utf8');
    const names = new Set(fieldNames(reportJsonSchema()));
    expect(names.size).toBeGreaterThan(100);
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

function fieldNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, child]) => [
    ...(key === 'properties' ? Object.keys(child as object) : []),
    ...fieldNames(child),
  ]);
}

describe('the zod schema', () => {
  it('loses nothing of a report', () => {
    expect(runReportSchema.parse(threeModes())).toEqual(threeModes());
  });

  it('refuses numbers that JSON cannot hold', () => {
    const report = threeModes();
    const broken = { ...report, runs: report.runs.map((row) => ({ ...row, durationMs: Number.NaN })) };
    expect(runReportSchema.safeParse(broken).success).toBe(false);
  });
});
