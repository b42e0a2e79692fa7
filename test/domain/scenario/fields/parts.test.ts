/** What the declarations of the fields have to hold together, where the compiler does not see it. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../src/domain/scenario/fields/field.js';
import { fields, generalFields, kafkaFields } from '../../../../src/domain/scenario/fields/fields.js';
import { isNullable, kafkaParts, scenarioParts } from '../../../../src/domain/scenario/fields/parts.js';
import { scenarioSchema } from '../../../../src/report/contract/scenario-schema.js';
import { resolveScenario } from '../../../../src/scenario/resolve.js';

const scenario = resolveScenario({ flags: {}, strategies: ['keyed-pool'] });

const resolvedNames = (of: Fields): string[] =>
  Object.entries(of).flatMap(([field, { resolved }]) => (resolved === null ? [] : [resolved?.name ?? field]));

describe('the parts of a scenario', () => {
  it('are those of a resolved scenario, in its order, and none of them is missing', () => {
    expect(Object.keys(scenario)).toEqual(Object.keys(scenarioParts));
    expect(Object.keys(scenario.kafka)).toEqual(Object.keys(kafkaParts));
    expect(Object.values({ ...scenario, ...scenario.kafka })).not.toContain(undefined);
  });

  it('have every field that is resolved to something, under a name of its own', () => {
    for (const [of, parts] of [
      [generalFields, scenarioParts],
      [kafkaFields, kafkaParts],
    ] as const) {
      const names = resolvedNames(of);
      expect(new Set(names).size).toBe(names.length);
      expect(Object.keys(parts)).toEqual(expect.arrayContaining(names));
    }
  });

  it('may be null where a word stands for that, or absence does', () => {
    expect(isNullable(fields.rate)).toBe(true);
    expect(isNullable(fields.confidence)).toBe(true);
    expect(isNullable(fields.topics)).toBe(false);
  });

  it('are read from older reports as values that the report has room for', () => {
    const lacked = Object.entries(scenarioParts).flatMap(([name, { olderReports }]) =>
      olderReports === undefined ? [] : [[name, olderReports.value] as const],
    );
    expect(lacked.length).toBeGreaterThan(5);
    expect(scenarioSchema.parse({ ...scenario, ...Object.fromEntries(lacked) })).toMatchObject(
      Object.fromEntries(lacked),
    );
  });
});
