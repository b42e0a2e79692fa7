/**
 * Consecutive versions (v, v + 1), both published in one unit, and how hard each pair was pressed; and which pairs are
 * *open* at a time, so that something that happens then may bring them out of order.
 */
import type { Delivery } from '../../../src/domain/observation.js';
import type { Unit } from './unit.js';

interface Seen {
  readonly time: number;
  readonly delivery: Delivery;
}

export interface Pair {
  readonly unit: Unit;
  /** v; the other is v + 1. */
  readonly version: number;
  /** First delivery of v. */
  readonly lower: Seen | null;
  /** First delivery of v + 1. */
  readonly upper: Seen | null;
  readonly lowerFinish: number;
  readonly upperFinish: number;
  readonly upperAck: number;
}

export function pairsOf(unit: Unit): readonly Pair[] {
  return unit.published
    .filter((version) => unit.published.includes(version + 1))
    .map((version) => ({
      unit,
      version,
      lower: unit.firstDelivery(version),
      upper: unit.firstDelivery(version + 1),
      lowerFinish: unit.finish(version),
      upperFinish: unit.finish(version + 1),
      upperAck: unit.firstAck(version + 1),
    }));
}

export function isContested({ upper, upperAck, lowerFinish }: Pair): boolean {
  return Math.min(upperAck, upper?.time ?? Infinity) < lowerFinish;
}

/** The bus held both at once. */
export function isInFlight({ lower, upper, lowerFinish, upperFinish }: Pair): boolean {
  return lower !== null && upper !== null && upper.time < lowerFinish && lower.time < upperFinish;
}

/** In flight, at two subscriptions that were both alive. */
export function isSplit(pair: Pair): boolean {
  if (!isInFlight(pair)) return false;
  const [first, second] = [pair.lower!, pair.upper!].sort((a, b) => a.time - b.time) as [Seen, Seen];
  if (first.delivery.subscription === second.delivery.subscription) return false;
  return pair.unit.facts.isAlive(first.delivery.subscription, second.time);
}

export function isInverted({ unit, version }: Pair): boolean {
  const start = unit.firstStart(version);
  return start < Infinity && unit.firstStart(version + 1) < start;
}

/** Just before the call at that time, v and v + 1 had been delivered, and v had not finished. */
export function isInFlightOpenAt({ lower, upper, lowerFinish, upperFinish }: Pair, time: number): boolean {
  if (lower === null || upper === null) return false;
  return lower.time < time && upper.time < time && lowerFinish >= time && lower.time < upperFinish;
}

/** Just before the call at that time, v had been delivered, and v + 1, stored before v finished, waited at the broker. */
export function isWaitingOpenAt({ lower, upper, lowerFinish, upperAck }: Pair, time: number): boolean {
  if (lower === null || lower.time >= time || upperAck > lowerFinish) return false;
  return upperAck < time && (upper?.time ?? Infinity) >= time;
}

/** In flight at some time after `from` and before `to`. */
function wasInFlightWithin({ lower, upper, lowerFinish, upperFinish }: Pair, from: number, to: number): boolean {
  if (lower === null || upper === null || lower.time >= upperFinish) return false;
  const begin = Math.max(lower.time, upper.time);
  return begin < lowerFinish && begin < to && lowerFinish > from;
}

/** Waiting at some time after `from` and before `to`. */
function wasWaitingWithin({ lower, upper, lowerFinish, upperAck }: Pair, from: number, to: number): boolean {
  if (lower === null || upperAck > lowerFinish) return false;
  const [begin, end] = [Math.max(lower.time, upperAck), upper?.time ?? Infinity];
  return begin < end && begin < to && end > from;
}

/** How many of the times found a pair open: in flight or, none being in flight, waiting. */
export function metAt(
  times: readonly number[],
  pairs: readonly Pair[],
): { readonly metInFlight: number; readonly metWaiting: number } {
  const inFlight = times.filter((time) => pairs.some((pair) => isInFlightOpenAt(pair, time)));
  const waiting = times.filter((time) => !inFlight.includes(time) && pairs.some((pair) => isWaitingOpenAt(pair, time)));
  return { metInFlight: inFlight.length, metWaiting: waiting.length };
}

/** In how many of the windows a pair was open: in flight or, none being in flight, waiting. */
export function metWithin(
  windows: readonly { readonly from: number; readonly to: number }[],
  pairs: readonly Pair[],
): { readonly metInFlight: number; readonly metWaiting: number } {
  const inFlight = windows.filter(({ from, to }) => pairs.some((pair) => wasInFlightWithin(pair, from, to)));
  const waiting = windows.filter(
    (window) => !inFlight.includes(window) && pairs.some((pair) => wasWaitingWithin(pair, window.from, window.to)),
  );
  return { metInFlight: inFlight.length, metWaiting: waiting.length };
}
