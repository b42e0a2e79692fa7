/**
 * Observations of a version that had been observed already, each of the first kind that applies: `redone`,
 * `storedTwice`, `redelivered`, `unflagged`; and beside that concurrent, if another attempt of the version was running.
 */
import type { Delivery } from '../../../src/domain/observation.js';
import type { Started } from './facts.js';
import type { Unit } from './unit.js';

export interface Duplicate {
  readonly kind: 'redone' | 'storedTwice' | 'redelivered' | 'unflagged';
  readonly isConcurrent: boolean;
  /** What was observed again. */
  readonly start: Started;
}

export function duplicatesOf(unit: Unit): readonly Duplicate[] {
  return unit.starts.flatMap((again) => {
    const before = unit.starts.filter(({ version, time }) => version === again.version && time < again.time);
    if (before.length === 0) return [];
    const attempts = unit.started.filter(({ version, time }) => version === again.version && time < again.time);
    return [
      {
        kind: kindOf(again, before, attempts, unit),
        isConcurrent: attempts.some(({ end }) => end > again.time),
        start: again,
      },
    ];
  });
}

function kindOf(
  again: Started,
  before: readonly Started[],
  attempts: readonly Started[],
  unit: Unit,
): Duplicate['kind'] {
  if (attempts.every(({ end, outcome }) => end < again.time && outcome !== 'done')) return 'redone';
  if (again.version <= unit.floorAt(again.time)) return 'unflagged';
  const place = ({ topic, partition, position }: Delivery): string =>
    `${unit.facts.logOf(topic, partition)}:${position}`;
  const known = before.filter(({ attempt }) => attempt.delivery.position > 0);
  const delivery = again.attempt.delivery;
  const isSame = known.some(({ attempt }) => place(attempt.delivery) === place(delivery));
  if (delivery.position > 0 && known.length > 0 && !isSame) return 'storedTwice';
  if (delivery.deliveryCount === null) return isSame ? 'redelivered' : 'unflagged';
  return delivery.deliveryCount > 1 ? 'redelivered' : 'unflagged';
}
