/**
 * Anomalies in the order of first observations: regressions, gaps, phantoms; and what hand-written checkers count.
 */
import type { Origin } from '../../../src/domain/observation.js';
import { range, type Facts, type Started } from './facts.js';
import { originOf } from './origin.js';
import { earliestHigher, firstOfEach, type Unit } from './unit.js';

export interface Regression {
  readonly late: Started;
  /** The earliest observed higher version. */
  readonly early: Started;
  /** Places among the first observations between the two. */
  readonly extent: number;
  /** Higher versions that had arrived before: what a resequencer would have held. */
  readonly depth: number;
  readonly origin: Origin;
  readonly isRedelivery: boolean;
}

export function regressionsOf({ facts, firsts }: Unit): readonly Regression[] {
  return firsts.flatMap((late, place) => {
    const early = earliestHigher(firsts, late);
    if (early === undefined) return [];
    const isRedelivery = facts.isRedelivery(late.attempt.delivery);
    return [
      {
        late,
        early,
        extent: place - firsts.indexOf(early),
        depth: firsts.slice(0, place).filter(({ version }) => version > late.version).length,
        origin: originOf(late.attempt, early.attempt, isRedelivery, facts),
        isRedelivery,
      },
    ];
  });
}

/** Observations of a version not above all before. */
export function naiveOf({ starts }: Unit): number {
  return starts.filter((one, i) => starts.slice(0, i).some(({ version }) => version >= one.version)).length;
}

export function descentsOf({ starts }: Unit): number {
  return starts.filter(({ version }, i) => i > 0 && version < starts[i - 1]!.version).length;
}

/** Handlings that succeeded, of a version not above all that had succeeded before. */
export function completionOrderOf({ finished }: Unit): number {
  const done = finished.filter(({ attempt }) => attempt.outcome === 'done');
  return done.filter((one, i) => done.slice(0, i).some(({ version }) => version >= one.version)).length;
}

/** Observations of a version other than the one after that of the last handling that had succeeded by then. */
export function racyOf({ starts, finished }: Unit): number {
  return starts.filter((one) => {
    const before = finished.filter(({ attempt, time }) => attempt.outcome === 'done' && time < one.time);
    return before.length > 0 && one.version !== before.at(-1)!.version + 1;
  }).length;
}

/**
 * Versions that had not arrived when a higher one did. One that never arrives, that is published in another unit of the
 * aggregate and not in this one, was never due here.
 */
export function gapsOf(unit: Unit): readonly number[] {
  return range(1, unit.highestAt(Infinity) - 1).filter((version) => {
    const skipped = unit.firsts.find((one) => one.version > version)!.time;
    const arrived = unit.firstStart(version);
    const isOnlyElsewhere = !unit.published.includes(version) && isPublished(version, unit.aggregate, unit.facts);
    return arrived > skipped && !(arrived === Infinity && isOnlyElsewhere);
  });
}

/** Gaps that have become neither a regression nor a loss. */
export function openGapsOf(unit: Unit, isDrained: boolean): readonly number[] {
  const losses = isDrained ? unit.unhandled() : [];
  return gapsOf(unit).filter((version) => unit.firstStart(version) === Infinity && !losses.includes(version));
}

export function phantomsOf({ firsts, publishes }: Unit): number {
  return firsts.filter((one) => !publishes.some(({ version, time }) => version === one.version && time < one.time))
    .length;
}

/** Versions of a whole aggregate first observed after a higher one, the earliest such being of another topic. */
export function crossTopicOf({ started }: Facts): number {
  const observed = started.filter(({ attempt }) => attempt.number === 1);
  const aggregates = [...new Set(observed.map(({ attempt }) => attempt.delivery.aggregate))];
  return aggregates.flatMap((aggregate) => {
    const firsts = firstOfEach(observed.filter(({ attempt }) => attempt.delivery.aggregate === aggregate));
    return firsts.filter((late) => {
      const early = earliestHigher(firsts, late);
      return early !== undefined && early.attempt.delivery.topic !== late.attempt.delivery.topic;
    });
  }).length;
}

function isPublished(version: number, aggregate: number, { publishes }: Facts): boolean {
  return publishes.some((one) => one.version === version && one.event.aggregate === aggregate);
}
