/**
 * No claim of a recommendation is false of the numbers beside it. Comparisons are drawn at random, with ties, single
 * runs, unknown figures, rows that were not run and several brokers; each claim is read as data and worked out again
 * from the rows and candidates of the comparison.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advice, Compared, Measured, Step, Taken } from '../../src/domain/report/advice.js';
import type { Candidate, Ratio95 } from '../../src/domain/report/comparison.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { Guarantee } from '../../src/domain/scenario/guarantee.js';
import { mostRunsLosingOrder } from '../../src/domain/scenario/run-bound.js';
import { threatsOn, type Threat } from '../../src/domain/scenario/survival.js';
import { pairedRatio } from '../../src/comparison/paired-ratio.js';
import { withAdvice } from '../../src/report/words/advice/advice-text.js';
import { comparisonView } from '../../src/report/view/comparison/comparison-view.js';
import { drawnComparison, type Drawn } from './drawn-comparison.js';

const runs = { numRuns: 400 };

describe('a recommendation', () => {
  it('claims nothing that is false of the numbers beside it', () => {
    fc.assert(
      fc.property(drawnComparison, (drawn) => {
        const { advice } = drawn.compared;
        if (advice.candidate === null) checkNone(advice, drawn.compared);
        else checkTaken(advice, drawn);
      }),
      runs,
    );
  });

  it('has words for whatever it claims, without a number that is none', () => {
    fc.assert(
      fc.property(drawnComparison, ({ compared }) => {
        const comparison = withAdvice(compared);
        const { recommendation } = comparison;
        expect(recommendation.because === null).toBe(recommendation.candidate === null);
        expect(JSON.stringify(comparisonView(comparison, 'wall'))).not.toMatch(/NaN|undefined|Infinity|\bnull ms/);
      }),
      runs,
    );
  });
});

describe('the outcomes in the table', () => {
  it('count runs as they came out', () => {
    fc.assert(
      fc.property(drawnComparison, ({ compared, rowsOf }) => {
        const { table } = comparisonView(withAdvice(compared), 'wall');
        for (const [at, { name, outcome }] of compared.candidates.entries()) {
          const found = rowsOf(name);
          const alike = found.filter((row) => row.outcome === outcome).length;
          const { text, short = text } = table.rows[at]!.outcome;
          expect(short).toBe(found.length === 1 ? outcome : `${outcome} ${String(alike)}/${String(found.length)}`);
        }
      }),
      runs,
    );
  });
});

function checkNone(advice: Extract<Advice, { candidate: null }>, { candidates }: Compared): void {
  expect(heldOf(candidates)).toEqual([]);
  const { violated, unclear, notRun, unpromised, byDuplicates } = advice;
  expect([...violated, ...unclear, ...notRun, ...unpromised].sort()).toEqual(namesOf(candidates).sort());
  for (const name of byDuplicates) {
    const { regressions, lost, others, violations } = named(candidates, name);
    expect({ regressions, lost, others, isViolated: violations > 0 }).toEqual({
      ...{ regressions: 0, lost: 0, others: 0 },
      isViolated: true,
    });
  }
}

function checkTaken(advice: Taken, { compared, rowsOf }: Drawn): void {
  const { candidates, baseline } = compared;
  const held = heldOf(candidates);
  const chosen = named(candidates, advice.candidate);
  const ratioTo = (one: string, other: string, of: Measured = 'speed') => advantage(rowsOf(one), rowsOf(other), of);

  expect(held).toContain(chosen);
  expect(advice.worth).toMatchObject({ runs: rowsOf(chosen.name).length, runsOrdered: rowsOf(chosen.name).length });
  if (advice.worth.atMost !== null) expect(advice.worth.atMost).toBe(mostRunsLosingOrder(advice.worth.runsOrdered));
  expect(advice.cost.isBaseline).toBe(chosen.name === baseline);
  expect(advice.cost.speed).toEqual(ratioTo(chosen.name, baseline));

  expect(advice.why).toMatchObject({ held: held.length, of: candidates.length });
  let before = namesOf(held);
  for (const step of advice.why.steps) {
    expect(step.before).toEqual(before);
    expect(step.left.length).toBeLessThan(before.length);
    checkStep(step, candidates, chosen, ratioTo);
    before = [...step.left];
  }
  expect(before).toEqual([chosen.name]);

  expect([...advice.promise.open, ...advice.promise.survives].sort()).toEqual([...threatsOn(chosen.broker)].sort());
  for (const threat of advice.promise.open) expect(survives(chosen, threat)).toBe(false);
  checkInstead(advice, candidates, chosen, ratioTo);

  if (advice.repairsBehindFault) for (const one of held) expect(one.repairs).toBe('behind a fault');
  if (advice.removesFault) {
    expect(chosen.repairs).not.toBe('behind a fault');
    expect(candidates.some((one) => one.repairs === 'behind a fault' || one.regressionsUpstream > 0)).toBe(true);
  }
  const { besides, notAFix, probe } = advice;
  const asWell = besides?.asWell ?? null;
  if (asWell !== null) expect(asWell.ratio).toEqual(ratioTo(asWell.name, chosen.name));
  for (const name of notAFix?.names ?? []) {
    expect(named(held, name)).toMatchObject({ outcome: 'ordered', repairs: 'behind a fault' });
    expect(named(held, name).bufferDepthMax ?? 0).toBeLessThanOrEqual(notAFix!.depth);
  }
  expect(probe?.found ?? null).toEqual(chosen.probe);
  for (const name of probe?.violated ?? []) expect(named(held, name).probe!.outcome).toBe('violated');
}

type RatioTo = (one: string, other: string, of?: Measured) => Ratio95 | null;

const orderRanks: Readonly<Record<Guarantee['order'], number>> = {
  none: 0,
  'per-aggregate, first pass': 1,
  'per-partition': 2,
  'per-aggregate': 2,
  total: 2,
};

function checkStep(step: Step, candidates: readonly Candidate[], chosen: Candidate, ratioTo: RatioTo): void {
  const left = step.left.map((name) => named(candidates, name));
  const out = step.before.filter((name) => !step.left.includes(name)).map((name) => named(candidates, name));
  switch (step.step) {
    case 'fault':
      for (const one of left) expect(one.repairs).not.toBe('behind a fault');
      for (const one of out) expect(one.repairs).toBe('behind a fault');
      return;
    case 'probe':
      for (const one of left) expect(one.probe?.outcome).not.toBe('violated');
      if (step.level === 'ordered') for (const one of left) expect(one.probe?.outcome).toBe('ordered');
      if (step.level === 'ordered') for (const one of out) expect(one.probe?.outcome).not.toBe('ordered');
      else for (const one of out) expect(one.probe?.outcome).toBe('violated');
      return;
    case 'promise': {
      const least = Math.min(...left.map(({ guarantee }) => orderRanks[guarantee.order]));
      for (const { guarantee } of out) expect(orderRanks[guarantee.order]).toBeLessThan(least);
      expect(new Set(left.map(({ guarantee }) => guarantee.order))).toEqual(new Set(step.orders));
      return;
    }
    case 'survival':
      for (const one of left) expect(openOf(one)).toHaveLength(step.count);
      for (const one of out) expect(openOf(one).length).toBeGreaterThan(step.count);
      expect(new Set(left.flatMap(openOf))).toEqual(new Set(step.open));
      return;
    case 'figure':
      checkFigure(step, [left, out], chosen, ratioTo);
      return;
    case 'plain':
      for (const one of left) expect([one.repairsInput, one.bufferDepthMax]).toEqual([false, null]);
      for (const one of out) expect(one.repairsInput || one.bufferDepthMax !== null).toBe(true);
      checkAlike(step.before, step.alikeIn, ratioTo);
      return;
    case 'first':
      checkAlike(step.before, step.alikeIn, ratioTo);
      if (step.byP99) for (const one of out) expect(one.p99Ms ?? Infinity).toBeGreaterThan(chosen.p99Ms!);
  }
}

function checkFigure(
  { of, isSure, next }: Extract<Step, { step: 'figure' }>,
  [left, out]: readonly [readonly Candidate[], readonly Candidate[]],
  chosen: Candidate,
  ratioTo: RatioTo,
): void {
  const all = [...left, ...out];
  for (const one of out) {
    // Something is better than it: its interval excludes 1, or it is the only one that is not known.
    const betters = all.map((other) => (other === one ? null : ratioTo(other.name, one.name, of)));
    const isBeaten = betters.some(
      (ratio) => ratio !== null && ((ratio.low95 ?? ratio.ratio) > 1 || ratio.ratio > 1.25),
    );
    if (!isBeaten) expect(betters.every((ratio) => ratio === null)).toBe(true);
    if (isSure) expect(betters.some((ratio) => (ratio?.low95 ?? 0) > 1)).toBe(true);
  }
  // Those that are left are not told apart: none is better than another by more than its interval.
  for (const one of left)
    for (const other of left)
      if (one !== other) expect(ratioTo(one.name, other.name, of)?.low95 ?? 0).toBeLessThanOrEqual(1);
  if (next === null) return;
  expect(left).toEqual([chosen]);
  expect(next.ratio).toEqual(ratioTo(chosen.name, next.name, of));
  for (const one of out) {
    const ratio = ratioTo(chosen.name, one.name, of);
    if (ratio !== null) expect(ratio.ratio).toBeGreaterThanOrEqual(next.ratio!.ratio);
  }
}

function checkAlike(names: readonly string[], alikeIn: readonly Measured[], ratioTo: RatioTo): void {
  for (const of of alikeIn)
    for (const one of names)
      for (const other of names) {
        if (one === other) continue;
        const ratio = ratioTo(one, other, of)!;
        expect(ratio.low95 ?? ratio.ratio).toBeLessThanOrEqual(1);
        expect(ratio.high95 ?? ratio.ratio).toBeGreaterThanOrEqual(1);
      }
}

function checkInstead(
  { others, instead }: Taken,
  candidates: readonly Candidate[],
  chosen: Candidate,
  ratioTo: RatioTo,
): void {
  const held = heldOf(candidates);
  for (const { name, threats, ratio } of others.survivors) {
    for (const threat of threats) {
      expect([survives(chosen, threat), survives(named(held, name), threat)]).toEqual([false, true]);
    }
    expect(ratio).toEqual(ratioTo(name, chosen.name));
  }
  for (const threat of others.unmet?.threats ?? []) {
    expect(survives(chosen, threat)).toBe(false);
    for (const one of held) expect(survives(one, threat), one.name).toBe(false);
  }
  for (const { name, lacks, ratio } of others.faster) {
    expect(ratio).toEqual(ratioTo(name, chosen.name));
    expect(ratio.low95 ?? ratio.ratio).toBeGreaterThan(1);
    for (const threat of lacks) {
      expect([survives(chosen, threat), survives(named(held, name), threat)]).toEqual([true, false]);
    }
    if (named(held, name).probe?.outcome === 'violated' && chosen.probe?.outcome === 'ordered')
      expect(lacks).toContain('redelivery');
  }
  if (instead !== null) expect(instead.ratio.ratio).toBeGreaterThanOrEqual(2);
}

function heldOf(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ outcome, guarantee }) => outcome === 'ordered' && guarantee.order !== 'none');
}

function namesOf(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ name }) => name);
}

function named(candidates: readonly Candidate[], name: string): Candidate {
  const found = candidates.find((one) => one.name === name);
  expect(found, `${name} is no candidate`).toBeDefined();
  return found!;
}

function survives({ guarantee }: Candidate, threat: Threat): boolean {
  return guarantee.survives[threat];
}

function openOf(one: Candidate): readonly Threat[] {
  return threatsOn(one.broker).filter((threat) => !survives(one, threat));
}

/** How many times as good the one is as the other: as fast, or as short. */
function advantage(one: readonly RunRow[], other: readonly RunRow[], of: Measured): Ratio95 | null {
  if (of === 'speed') return pairedRatio(one, other, ({ throughput }) => throughput.handledPerSecond);
  return pairedRatio(other, one, ({ latencyMs }) => latencyMs.endToEnd[of]);
}
