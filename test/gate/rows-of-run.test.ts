/** How many rows a run has, as it is told before the run, during it and after it. */
import { describe, expect, it } from 'vitest';
import { repeatsAtLeast, rowsOfRun } from '../../src/gate/rows-of-run.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { strategyIds } from '../../src/strategy/registry.js';

/** Takes 59 ordered runs. */
const certain = { maxViolations: '0', confidence: '95%', within: '5%' };

function scenarioWith(flags: ScenarioFlags, changes: Partial<Scenario> = {}): Scenario {
  return { ...resolveScenario({ flags: { mode: 'multi', ...flags }, strategies: strategyIds }), ...changes };
}

describe('the number of rows of a run', () => {
  it('is that of all repeats, at all points and on all brokers', () => {
    expect(rowsOfRun(scenarioWith({ repeat: '4' }))).toBe(8);
    expect(rowsOfRun(scenarioWith({ repeat: '4', broker: 'sim:jetstream,sim:kafka', sweep: 'topics=1,5,9' }))).toBe(48);
  });

  it('counts the ordered runs that a confidence takes, unless more are asked for or were planned', () => {
    expect(rowsOfRun(scenarioWith(certain))).toBe(118);
    expect(rowsOfRun(scenarioWith({ ...certain, repeat: '70' }))).toBe(140);
    expect(rowsOfRun(scenarioWith(certain), 61)).toBe(122);
  });

  it('is not known where repeats go on until enough pairs were at risk', () => {
    expect(rowsOfRun(scenarioWith({ untilAtRisk: '100' }))).toBeNull();
    expect(repeatsAtLeast(scenarioWith({ ...certain, untilAtRisk: '100' }))).toBe(59);
  });

  it('counts no ordered runs where none of the gated rows is expected to be ordered', () => {
    const expected: Partial<Scenario> = { expect: { 'multi/shared': { outcome: ['violated'] } } };
    expect(rowsOfRun(scenarioWith(certain, { ...expected }))).toBe(118);
    expect(rowsOfRun(scenarioWith(certain, { ...expected, gateRows: ['multi/shared'] }))).toBe(2);
    expect(rowsOfRun(scenarioWith(certain, { ...expected, gateRows: ['multi/per-topic'] }))).toBe(118);
  });
});
