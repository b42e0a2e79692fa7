/** The gates of a stored report: its own, those given in their place, and a baseline beside them. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { plainReason } from '../../src/domain/report/reason.js';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { renderJson } from '../../src/report/contract/json.js';
import { parseBaseline } from '../../src/report/contract/parse-baseline.js';
import { gateStoredReport, type StoredGateOptions } from '../../src/gate/stored-gates.js';
import { inModes } from '../in-modes.js';
import { counts, report as reportOf, row, scenario } from '../report/fixtures.js';

const single = (overrides: Partial<RunRow> = {}): RunRow =>
  row('single#1', {
    mode: 'single',
    durable: null,
    repeat: 1,
    outcome: 'ordered',
    reasons: [],
    counts: counts(),
    ...overrides,
  });
const shared = row('multi/shared#1', {
  mode: 'multi',
  durable: 'shared',
  repeat: 1,
  outcome: 'violated',
  counts: counts({ violations: 7, regressions: 7 }),
});

function report(rows: readonly RunRow[], gates: Partial<Scenario> = {}): RunReport {
  const own = { ...scenario, ...inModes(['multi/shared', 'single']), expect: {}, ...gates };
  return { ...reportOf([...rows]), scenario: own };
}

function gate(one: RunReport, options: Partial<StoredGateOptions> = {}) {
  const all = { limits: null, gateRows: null, baseline: null, threshold: null, from: 'r.json', ...options };
  const { breaches, inconclusive } = gateStoredReport(one, all);
  return { breaches, undecided: inconclusive };
}

const both = [shared, single()];
const zero = { maxViolations: 0, failOn: [] };

describe('rows that are named for the gates', () => {
  it('need a gate that speaks of one of them, or they would always hold', () => {
    const own = report([shared, single({})], { expect: { 'multi/shared': { outcome: ['violated'] } } });
    expect(() => gate(own, { gateRows: ['single'] })).toThrow(/has no gate of its own for single \(--gate-mode\)/);
    expect(gate(own, { gateRows: ['multi/shared'] }).breaches).toEqual([]);
    expect(gate(own, { gateRows: ['single'], limits: { maxViolations: 0, failOn: [] } }).breaches).toEqual([]);
  });
});

describe('a stored report', () => {
  it('is held to its own gates if none are given', () => {
    expect(gate(report(both, { maxViolations: 6 })).breaches).toHaveLength(1);
    expect(gate(report(both, { maxViolations: 7 }))).toEqual({ breaches: [], undecided: [] });
  });

  it('is held to those that are given in their place', () => {
    expect(gate(report(both, { maxViolations: 7 }), { limits: zero }).breaches).toHaveLength(1);
    const expected = { 'multi/shared': { outcome: ['ordered'] } } as const;
    expect(gate(report(both, { expect: expected }), { limits: { maxViolations: 9, failOn: [] } }).breaches).toEqual([]);
  });

  it('is refused if there is no gate at all', () => {
    expect(() => gate(report(both))).toThrow(/^r\.json has no gate of its own, and none is given/);
    expect(() => gate({ ...report(both), scenario: null })).toThrow(UsageError);
  });

  it('is gated on the rows that are named, by it or in its place', () => {
    expect(gate(report(both, { maxViolations: 0, gateRows: ['single'] })).breaches).toEqual([]);
    expect(gate(report(both, { maxViolations: 0, gateRows: ['single'] }), { gateRows: [] }).breaches).toHaveLength(1);
    expect(gate(report(both), { limits: zero, gateRows: ['multi/shared+keyed-pool'] }).breaches).toHaveLength(1);
  });

  it('is refused a row that there is none of, naming those there are', () => {
    expect(() => gate(report(both), { limits: zero, gateRows: ['multi/per-topic'] })).toThrow(
      /names the row multi\/per-topic, and there is none; rows are multi\/shared, single/,
    );
  });

  it('is undecided by a row that was planned and not run, and only where the gate speaks of it', () => {
    expect(gate(report([shared]), { limits: zero, gateRows: ['single'] })).toEqual({
      breaches: [],
      undecided: ['single#1 was not run'],
    });
    expect(gate(report([single()]), { limits: zero, gateRows: ['single'] }).undecided).toEqual([]);
  });

  it('is undecided if it has no row', () => {
    expect(gate({ ...report([]), scenario: null }, { limits: zero }).undecided).toEqual(['no row was run']);
  });

  it('is held to a baseline beside its own gates', () => {
    const old = report([{ ...shared, counts: counts({ violations: 6, regressions: 6 }) }, single()]);
    const baseline = parseBaseline(renderJson(old), 'old.json');
    expect(gate(report(both), { baseline }).breaches).toEqual([
      'multi/shared: violations 7, in the baseline 6',
      'multi/shared: regressions 7, in the baseline 6',
    ]);
    expect(gate(report(both, { maxViolations: 0 }), { baseline }).breaches).toHaveLength(3);
  });

  it('is not said twice to be inconclusive', () => {
    const vague = report([shared, single({ outcome: 'inconclusive', reasons: [plainReason('interrupted')] })], {
      maxViolations: 9,
    });
    const baseline = parseBaseline(renderJson(report(both)), 'old.json');
    expect(gate(vague, { baseline }).undecided).toEqual(['single#1 is inconclusive (the run was interrupted)']);
  });
});
