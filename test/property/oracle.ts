/**
 * Gives the verdict on a history from the definitions alone: every number is computed over all observations at once, with
 * no regard to speed and nothing shared with src/checker. What "the earliest higher version" is, is looked for among
 * all of them, every time. Each file of oracle/ has one group of definitions.
 */
import type { CheckerOptions } from '../../src/domain/scenario/checker-options.js';
import type { Drain } from '../../src/domain/drain.js';
import type { Origin } from '../../src/domain/observation.js';
import type { AnomalyKind } from '../../src/domain/scenario/scenario.js';
import type {
  Counts,
  DuplicateCounts,
  Evidence,
  Exposure,
  Origins,
  Reordering,
  Verdict,
} from '../../src/domain/report/verdict.js';
import type { Observation } from '../../src/domain/observation.js';
import {
  completionOrderOf,
  crossTopicOf,
  descentsOf,
  gapsOf,
  naiveOf,
  openGapsOf,
  phantomsOf,
  racyOf,
  regressionsOf,
  type Regression,
} from './oracle/arrivals.js';
import { disturbancesOf } from './oracle/disturbances.js';
import { duplicatesOf } from './oracle/duplicates.js';
import { Facts } from './oracle/facts.js';
import { findingsOf } from './oracle/findings.js';
import { completionInversionsOf, overlapsOf } from './oracle/handlers.js';
import { inTheLog, splitKeysOf } from './oracle/log.js';
import { patternsOf, unknownOriginsOf } from './oracle/origin.js';
import { isContested, isInFlight, isInverted, isSplit, pairsOf, type Pair } from './oracle/pairs.js';
import { silenceOf } from './oracle/silence.js';
import { publishOverlapsOf } from './oracle/publish-overlaps.js';
import { queuesOf } from './oracle/queues.js';
import { timelineOf } from './oracle/timeline.js';
import { Unit } from './oracle/unit.js';
import { pairPatternsOf, type PairPattern } from '../checker/support/pair-patterns.js';
import {
  explainedKinds,
  type ExplainedKind as SignedKind,
  type AnomalySignature,
} from '../../src/domain/report/anomaly-signature.js';

/**
 * A verdict whose signatures are told by what an oracle of pairs knows: the rest of them is not compared, and neither is what was at
 * work, which rests on why an event came again.
 */
type Defined = Omit<Verdict, 'signatures' | 'atWork' | 'unended' | 'unanswered'> & {
  readonly patterns: readonly PairPattern[];
  /** Anomalies by kind that have a signature: all of them. */
  readonly signed: Readonly<Record<SignedKind, number>>;
  readonly overlapsAcrossSubscriptions: number;
};

export function oracle(observations: readonly Observation[], options: CheckerOptions, drain: Drain): Defined {
  const facts = new Facts(observations, options);
  const units = [...facts.units.keys()].map((key) => new Unit(key, facts));
  const pairs = units.flatMap(pairsOf);
  const regressions = units.flatMap(regressionsOf);
  const aggregates = findingsOf(units, drain.complete, options.names);
  const counts = countsOf(facts, units, drain);
  return {
    counts,
    exposure: exposureOf(pairs),
    reordering: reorderingOf(regressions),
    origins: originsOf(regressions, units.flatMap(completionInversionsOf)),
    unknownOrigins: unknownOriginsOf(regressions, facts),
    patterns: patternsOf(regressions, facts),
    signed: {
      regressions: counts.regressions,
      duplicates: counts.duplicates.total - counts.duplicates.redone,
      lost: counts.lost,
      phantoms: counts.phantoms,
      storeInversions: counts.storeInversions,
      splitKeys: counts.splitKeys,
      overlaps: counts.overlaps,
      completionInversions: counts.completionInversions,
    },
    overlapsAcrossSubscriptions: units.reduce((sum, unit) => sum + overlapsOf(unit, 'of different subscriptions'), 0),
    evidence: evidenceOf(facts, units, pairs, drain),
    aggregates,
    aggregatesTotal: units.length,
    aggregatesWithAnomalies: aggregates.length,
  };
}

/** Patterns and origins have no order of their own; two formulas of a share may differ in the last digits. */
export function comparable(verdict: Verdict | Defined): object {
  const { value } = verdict.exposure.regressionRate;
  const regressionRate = {
    ...verdict.exposure.regressionRate,
    value: value === null ? null : Number(value.toFixed(12)),
  };
  const told = 'signatures' in verdict ? definedBy(verdict) : verdict;
  const patterns = told.patterns.map((pattern) => JSON.stringify(pattern, Object.keys(pattern).sort())).sort();
  const unknownOrigins = told.unknownOrigins
    .map(({ after, by, count }) => `${after ?? 'nothing'} ${by} ${count}`)
    .sort();
  return { ...told, exposure: { ...verdict.exposure, regressionRate }, patterns, unknownOrigins };
}

function definedBy({ signatures, atWork: _, unended: _u, unanswered: _a, ...verdict }: Verdict): Defined {
  const countWhere = (isLike: (signature: AnomalySignature) => boolean): number =>
    signatures.reduce((sum, { signature, count }) => sum + (isLike(signature) ? count : 0), 0);
  const signed = explainedKinds.map((kind) => [kind, countWhere((signature) => signature.kind === kind)] as const);
  return {
    ...verdict,
    patterns: pairPatternsOf(signatures),
    signed: Object.fromEntries(signed) as Defined['signed'],
    overlapsAcrossSubscriptions: countWhere(
      (signature) => signature.kind === 'overlaps' && !signature.sameSubscription,
    ),
  };
}

function countsOf(facts: Facts, units: readonly Unit[], drain: Drain): Counts {
  const sum = (of: (unit: Unit) => number): number => units.reduce((total, unit) => total + of(unit), 0);
  const duplicates = duplicateCountsOf(units);
  const unhandled = sum((unit) => unit.unhandled().length);
  const deciding: Readonly<Record<AnomalyKind, number>> = {
    regression: sum((unit) => regressionsOf(unit).length),
    duplicate: duplicates.total - duplicates.redone,
    loss: drain.complete ? unhandled : 0,
    phantom: sum(phantomsOf),
    'store-inversion': sum((unit) => inTheLog(unit).inversions),
    'split-key': sum(splitKeysOf),
    overlap: sum((unit) => overlapsOf(unit, 'all')),
    'completion-inversion': sum((unit) => completionInversionsOf(unit).length),
  };
  const judged = Object.entries(deciding).filter(
    ([kind]) => !(facts.options.allow ?? []).includes(kind as AnomalyKind),
  );
  return {
    published: facts.publishes.length,
    acked: facts.results.filter(({ result }) => result.ok).length,
    delivered: facts.delivered.length,
    handled: facts.finished.filter(({ attempt }) => attempt.outcome === 'done').length,
    retries: facts.started.filter(({ attempt }) => attempt.number > 1).length,
    violations: judged.reduce((total, [, count]) => total + count, 0),
    regressions: deciding.regression,
    descents: sum(descentsOf),
    naive: sum(naiveOf),
    completionOrder: sum(completionOrderOf),
    racy: sum(racyOf),
    crossTopic: crossTopicOf(facts),
    duplicates,
    gaps: sum((unit) => gapsOf(unit).length),
    openGaps: sum((unit) => openGapsOf(unit, drain.complete).length),
    lost: deciding.loss,
    unseen: drain.complete ? 0 : unhandled,
    phantoms: deciding.phantom,
    recovered: sum((unit) => unit.recovered().length),
    storeInversions: deciding['store-inversion'],
    splitKeys: deciding['split-key'],
    misroutes: facts.delivered.filter(({ delivery }) => !delivery.owned).length,
    overlaps: deciding.overlap,
    completionInversions: deciding['completion-inversion'],
  };
}

function duplicateCountsOf(units: readonly Unit[]): DuplicateCounts {
  const all = units.flatMap(duplicatesOf);
  const count = (which: (typeof all)[number]['kind']): number => all.filter(({ kind }) => kind === which).length;
  return {
    total: all.length,
    redone: count('redone'),
    redelivered: count('redelivered'),
    storedTwice: count('storedTwice'),
    unflagged: count('unflagged'),
    concurrent: all.filter(({ isConcurrent }) => isConcurrent).length,
  };
}

function exposureOf(pairs: readonly Pair[]): Exposure {
  const count = (is: (pair: Pair) => boolean): number => pairs.filter(is).length;
  const contestedPairs = count(isContested);
  const invertedPairs = count(isInverted);
  return {
    pairs: pairs.length,
    contestedPairs,
    inFlightPairs: count(isInFlight),
    heldBackPairs: 0,
    atRiskPairs: count(isInFlight),
    splitPairs: count(isSplit),
    invertedPairs,
    regressionRate: { value: contestedPairs === 0 ? null : invertedPairs / contestedPairs, low95: null, high95: null },
  };
}

function reorderingOf(regressions: readonly Regression[]): Reordering {
  const extents = regressions.map(({ extent }) => extent).sort((a, b) => a - b);
  return {
    extentP50: extents[Math.ceil(extents.length / 2) - 1] ?? null,
    extentMax: extents.at(-1) ?? null,
    resequencerDepth: regressions.length === 0 ? null : Math.max(...regressions.map(({ depth }) => depth)),
  };
}

function originsOf(regressions: readonly Regression[], completions: readonly ('deliver' | 'finish')[]): Origins {
  const all: readonly Origin[] = [...regressions.map(({ origin }) => origin), ...completions];
  const count = (which: Origin): number => all.filter((origin) => origin === which).length;
  return {
    publish: count('publish'),
    store: count('store'),
    deliver: count('deliver'),
    submit: count('submit'),
    start: count('start'),
    finish: count('finish'),
    unknown: count('unknown'),
  };
}

function evidenceOf(facts: Facts, units: readonly Unit[], pairs: readonly Pair[], drain: Drain): Evidence {
  const sum = (of: (unit: Unit) => number): number => units.reduce((total, unit) => total + of(unit), 0);
  return {
    partitionSwitches: sum((unit) => inTheLog(unit).switches),
    publishOverlaps: {
      acrossPublishers: sum((unit) => publishOverlapsOf(unit).acrossPublishers),
      withinPublisher: sum((unit) => publishOverlapsOf(unit).withinPublisher),
    },
    attemptedGaps: sum(
      (unit) => openGapsOf(unit, drain.complete).filter((version) => unit.published.includes(version)).length,
    ),
    queues: queuesOf(facts, units, pairs),
    timeline: timelineOf(facts),
    givenUp: drain.givenUp,
    silence: silenceOf(facts),
    disturbances: disturbancesOf(facts, pairs),
  };
}
