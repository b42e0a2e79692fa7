/** Bencher Metric Format: valid by its JSON Schema, Bencher's own measures in Bencher's own units. */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { render as renderBmf } from '../../../src/report/exporters/bmf.js';
import { anyReport } from '../arbitraries.js';
import { report, row, violatedRow } from '../fixtures.js';

type Bmf = Record<string, Record<string, { value: number; lower_value?: number; upper_value?: number }>>;

/** What Bencher's reference demands, and that there is nothing else. */
const metric = {
  type: 'object',
  properties: { value: { type: 'number' }, lower_value: { type: 'number' }, upper_value: { type: 'number' } },
  required: ['value'],
  additionalProperties: false,
};
const valid = new Ajv().compile({
  type: 'object',
  additionalProperties: { type: 'object', additionalProperties: metric },
});

const rendered = (one: RunReport): Bmf => JSON.parse(renderBmf([{ report: one, gate: null }])) as Bmf;

describe('renderBmf', () => {
  it('gives latency in nanoseconds and throughput in operations a second, as Bencher has them', () => {
    const measures = rendered(report([violatedRow()]))['run multi/shared'];
    expect(measures).toEqual({
      violations: { value: 428 },
      latency: { value: 12_310_000 },
      'end-to-end-p50-ms': { value: 12.31 },
      'end-to-end-p99-ms': { value: 98.1 },
      'peak-rss-bytes': { value: 120_000_000 },
      'published-events-per-second': { value: 5005 },
      throughput: { value: 4950.1 },
    });
  });

  it('gives the least and the most of repeats', () => {
    const measures = rendered(report([violatedRow('single#1'), row('single#2')]))['run single'];
    expect(measures!['violations']).toEqual({ value: 214, lower_value: 0, upper_value: 428 });
    expect(measures!['latency']).toEqual({ value: 12_125_000, lower_value: 11_940_000, upper_value: 12_310_000 });
  });

  it('is valid, with names that Bencher takes, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        const bmf = rendered(one);
        expect(valid(bmf), JSON.stringify(valid.errors)).toBe(true);
        for (const [name, measures] of Object.entries(bmf)) {
          expect(name.length).toBeLessThanOrEqual(1024);
          expect(Object.keys(measures).filter((measure) => !/^[a-z0-9-]{1,64}$/.test(measure))).toEqual([]);
          for (const { value, lower_value = value, upper_value = value } of Object.values(measures)) {
            expect([lower_value <= value, value <= upper_value]).toEqual([true, true]);
          }
        }
      }),
    );
  });
});
