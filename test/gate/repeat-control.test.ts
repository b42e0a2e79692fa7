/** How often the rows of a scenario are still to be run. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { hasAllRows, RepeatControl } from '../../src/gate/repeat-control.js';
import { counts, exposure, row, scenario, tooFewAtRisk } from '../report/fixtures.js';
import { inModes } from '../in-modes.js';

const plain: Scenario = { ...scenario, ...inModes(['single']), expect: {}, repeat: 1 };
/** Takes five ordered runs. */
const sure = { maxViolations: 0, confidence: 0.75, within: 0.25 };

function single(repeat: number, overrides: Partial<RunRow> = {}): RunRow {
  return row(`single#${repeat}`, { repeat, mode: 'single', durable: null, exposure: exposure(0, 50), ...overrides });
}

const unclear = { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0)] } as const;
const violated = { outcome: 'violated', counts: counts({ violations: 1, regressions: 1 }) } as const;

function after(changes: Partial<Scenario>, ...rows: RunRow[]): RepeatControl {
  const control = new RepeatControl({ ...plain, ...changes });
  for (const one of rows) control.add(one);
  return control;
}

describe('further repeats', () => {
  it('are none where nothing more is asked for', () => {
    expect(after({}, single(1)).further()).toBe(0);
    expect(after({ maxViolations: 0 }, single(1, unclear)).further()).toBe(0);
  });

  it('are those that a confidence lacks, and one more for each that could not tell', () => {
    expect(after(sure, single(1)).further()).toBe(4);
    const five = [single(1), single(2), single(3, unclear), single(4), single(5)];
    expect(after(sure, ...five).further()).toBe(1);
    expect(after(sure, ...five, single(6)).further()).toBe(0);
  });

  it('are none once a gate is breached', () => {
    const control = after({ ...sure, untilAtRisk: 1_000 }, single(1), single(2, violated));
    expect(control.further()).toBe(0);
    expect(control.isSettled()).toBe(true);
  });

  it('are about as many as it takes to see the pairs at risk that are lacking, and none once they were seen', () => {
    expect(after({ untilAtRisk: 120 }, single(1), single(2)).further()).toBe(1);
    expect(after({ untilAtRisk: 500 }, single(1), single(2)).further()).toBe(8);
    const enough = after({ untilAtRisk: 120 }, single(1), single(2), single(3));
    expect(enough.further()).toBe(0);
    expect(enough.isSettled()).toBe(true);
  });
});

describe('repeats that were planned', () => {
  it('are settled by twenty in a row that could not tell', () => {
    const many = (times: number): RunRow[] => Array.from({ length: times }, (_, at) => single(at + 1, unclear));
    expect(after(sure, ...many(19)).isSettled()).toBe(false);
    expect(after(sure, ...many(20)).isSettled()).toBe(true);
  });

  it('are run in any case if they were asked for by number', () => {
    expect(after({ ...sure, repeat: 9 }, single(1, violated), single(2)).isSettled()).toBe(false);
    expect(after({}, single(1, violated), single(2)).isSettled()).toBe(false);
  });
});

describe('the rows of a run', () => {
  const all = (changes: Partial<Scenario>, ...rows: RunRow[]): boolean => hasAllRows({ ...plain, ...changes }, rows);

  it('are all there after the repeats that were asked for', () => {
    expect(all({ repeat: 2 }, single(1))).toBe(false);
    expect(all({ repeat: 2 }, single(1), single(2))).toBe(true);
  });

  it('are not all there in the middle of a repeat', () => {
    const two = inModes(['single', 'multi/shared']);
    expect(all({ ...two, repeat: 1, untilAtRisk: 50 }, single(1), single(1, { id: 'multi/shared#1' }))).toBe(true);
    expect(all({ ...two, untilAtRisk: 50 }, single(1), single(1, { id: 'multi/shared#1' }), single(2))).toBe(false);
  });

  it('are all there once a confidence has its ordered runs, or a breach that no further run undoes', () => {
    expect(all(sure, single(1), single(2))).toBe(false);
    expect(all(sure, single(1), single(2), single(3), single(4), single(5))).toBe(true);
    expect(all(sure, single(1), single(2, violated))).toBe(true);
  });

  it('are all there once enough pairs were at risk', () => {
    expect(all({ untilAtRisk: 120 }, single(1), single(2))).toBe(false);
    expect(all({ untilAtRisk: 120 }, single(1), single(2), single(3))).toBe(true);
  });
});
