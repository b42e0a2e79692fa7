/**
 * Keeps where in the log the events of one unit lie. Each log place that a publish result or a delivery tells is
 * entered here once; store inversions, split keys and the kinds of duplicates all follow from these places.
 *
 * The log positions of versions above a floor are remembered. The floor lies a fixed number of versions below the
 * highest that has arrived.
 */
import type { Delivery } from '../../domain/observation.js';
import { hasArrived, type ArrivalState } from '../anomalies/arrivals.js';
import { Duplicates } from '../anomalies/duplicate.js';
import type { PositionWindow } from './position-window.js';
import { SplitKeys } from '../anomalies/split-key.js';
import { StoreInversions } from '../anomalies/store-inversion.js';

export interface LogPlaceState extends ArrivalState<unknown> {
  readonly positions: PositionWindow;
  /** The topic whose partition is the only one so far. */
  readonly topic: number;
  /** -1: none so far. */
  onlyPartition: number;
  splitKeys: SplitKeys | null;
  storeInversions: StoreInversions | null;
  duplicates: Duplicates | null;
  /** Consecutive versions that lie in different logs. */
  logSwitches: number;
  /** Tallies a version that is stored behind a higher one. */
  storedInverted(version: number, higher: number): void;
}

/**
 * An event is stored at a place; position 0 and partition -1 are unknown.
 * @param partition numbered as in log-name.ts
 */
export function learnPlace(
  state: LogPlaceState,
  version: number,
  topic: number,
  partition: number,
  position: number,
  floor: number,
): void {
  if (partition !== state.onlyPartition || topic !== state.topic) learnPartition(state, topic, partition);
  const positions = state.positions;
  if (version > state.highestArrived && positions.rememberNext(version, partition, position)) return;
  if (position <= 0 || partition < 0 || version <= floor || positions.positionOf(version) !== 0) return;
  const isBehindAll = version > positions.highest && position > positions.highestPosition;
  if (!positions.remember(version, partition, position, floor)) return;
  state.logSwitches += switchesAt(positions, version, partition, floor);
  if (hasArrived(state, version)) duplicatesOf(state).learnPlaceLate(version, floor);
  if (isBehindAll) return;
  state.storeInversions ??= new StoreInversions(positions, (lower, higher) => state.storedInverted(lower, higher));
  state.storeInversions.compare(version, floor);
}

/** A delivery tells where its event lies. @param log numbered as in log-name.ts */
export function learnPlaceOf(state: LogPlaceState, delivery: Delivery, log: number, floor: number): void {
  learnPlace(state, delivery.version, delivery.topic, log, delivery.position, floor);
}

/** Of the version just remembered: 0 to 2, one for each neighbour that is known to lie elsewhere. */
function switchesAt(positions: PositionWindow, version: number, log: number, floor: number): number {
  const neighbours = [version - 1, version + 1].filter((other) => other > floor && positions.positionOf(other) > 0);
  return neighbours.filter((other) => positions.partitionOf(other) !== log).length;
}

/** The first delivery of a version is observed. @param log numbered as in log-name.ts */
export function observePlace(state: LogPlaceState, { version, position }: Delivery, log: number, floor: number): void {
  if (state.positions.isAt(version, log, position)) return;
  const isUnknown = position <= 0 && state.positions.positionOf(version) === 0;
  if (!isUnknown) duplicatesOf(state).observeElsewhere(version, log, position, floor);
}

/**
 * Whether a version that has been observed was so from this place; null: not known.
 * @param log numbered as in log-name.ts
 */
export function wasObservedAt(
  { positions, duplicates }: Pick<LogPlaceState, 'positions' | 'duplicates'>,
  version: number,
  log: number,
  position: number,
): boolean | null {
  if (position <= 0 || log < 0) return null;
  if (duplicates !== null) return duplicates.wasObservedAt(version, log, position);
  return positions.positionOf(version) === 0 ? null : positions.isAt(version, log, position);
}

export function duplicatesOf(state: LogPlaceState): Duplicates {
  state.duplicates ??= new Duplicates(state.positions);
  return state.duplicates;
}

function learnPartition(state: LogPlaceState, topic: number, partition: number): void {
  if (partition < 0) return;
  if (state.splitKeys === null && state.onlyPartition < 0 && topic === state.topic) {
    state.onlyPartition = partition;
    return;
  }
  if (state.splitKeys === null) {
    state.splitKeys = new SplitKeys();
    if (state.onlyPartition >= 0) state.splitKeys.learn(state.topic, state.onlyPartition);
  }
  state.splitKeys.learn(topic, partition);
}
