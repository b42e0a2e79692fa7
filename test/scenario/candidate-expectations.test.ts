/** What a scenario file expects of its own rows, where a command runs candidates of its own in the same modes. */
import { describe, expect, it } from 'vitest';
import { droppedExpectations, withExpectationsOf } from '../../src/scenario/expectations.js';
import type { ScenarioFile } from '../../src/scenario/file/scenario-file.js';
import { usualScenario } from '../usual-scenario.js';

const file = (...keys: readonly string[]): ScenarioFile => ({
  path: 'mine.yaml',
  lineOf: () => null,
  settings: { topics: 5, expect: Object.fromEntries(keys.map((key) => [key, { outcome: ['ordered'] as const }])) },
});
const kept = (keys: readonly string[], candidates: readonly string[]): readonly string[] =>
  Object.keys(withExpectationsOf(file(...keys), candidates).settings.expect ?? {});

describe('an expectation of a file that names no strategy', () => {
  it('is one of the row with the usual strategy, and not of other candidates in its mode', () => {
    expect(kept(['single'], ['single+keyed-pool', 'single+version-gate'])).toEqual(['single+keyed-pool']);
    expect(kept(['nats:single'], ['single+keyed-pool'])).toEqual(['nats:single+keyed-pool']);
  });

  it('is left out where the candidates are without that row', () => {
    expect(kept(['single', 'multi/shared'], ['single+serial', 'multi/shared+keyed-pool'])).toEqual([
      'multi/shared+keyed-pool',
    ]);
    expect(withExpectationsOf(file('single'), ['single+serial']).settings).not.toHaveProperty('expect');
  });

  it('counts in every mode where the candidates are strategies alone', () => {
    expect(kept(['single', 'multi/per-topic'], ['keyed-pool', 'serial'])).toHaveLength(2);
    expect(kept(['single+serial'], ['keyed-pool', 'serial'])).toEqual(['single+serial']);
  });

  it('is told as dropped only if no row that is run has it', () => {
    const scenario = { ...usualScenario, expect: { 'single+keyed-pool': {} } };
    expect(droppedExpectations(file('single', 'multi/shared'), scenario)).toEqual(['multi/shared']);
  });
});
