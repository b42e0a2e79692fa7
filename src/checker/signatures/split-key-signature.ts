/**
 * Says how the key of an aggregate is split, by the partitions of each publisher's events in version order: whether they
 * go back to a partition that they had left, and whether they all lie in one. A key that moved because partitions were
 * added changes partition once for each time, and each publisher notices when it will. Only versions whose log places
 * are remembered count.
 */
import type { PartitionPerPublisher, SplitKeySignature } from '../../domain/report/anomaly-signature.js';
import { topicOfLog } from '../memory/log-name.js';
import type { PositionWindow } from '../memory/position-window.js';
import { publisherOf, type PublishersState } from '../memory/publishers.js';

/** So many events in the partition of their publisher's earlier ones are there by chance once in a thousand times. */
const manyFrom = 10;

interface SplitUnit extends PublishersState {
  readonly positions: PositionWindow;
}

/** The partitions of one publisher's events in one topic. */
interface Trail {
  current: number;
  readonly left: Set<number>;
  changes: number;
  stays: number;
  hasReturned: boolean;
}

/** @param expansions how often partitions were added */
export function splitKeySignatureOf(unit: SplitUnit, expansions: number): SplitKeySignature {
  const trails = trailsOf(unit);
  const mostChanges = Math.max(1, expansions);
  return {
    kind: 'splitKeys',
    returns: trails.some(({ hasReturned, changes }) => hasReturned && changes > mostChanges),
    publishers: unit.otherPublishers === null ? 'one' : 'several',
    partitionPerPublisher: partitionPerPublisherOf(trails),
    afterExpansion: expansions > 0,
  };
}

function trailsOf(unit: SplitUnit): readonly Trail[] {
  const { positions } = unit;
  const trails = new Map<string, Trail>();
  for (let version = Math.max(1, positions.lowest); version <= positions.highest; version++) {
    if (positions.positionOf(version) === 0) continue;
    const log = positions.partitionOf(version);
    const key = `${topicOfLog(log)} ${publisherOf(unit, version)}`;
    const trail = trails.get(key);
    if (trail === undefined)
      trails.set(key, { current: log, left: new Set(), changes: 0, stays: 0, hasReturned: false });
    else follow(trail, log);
  }
  return [...trails.values()];
}

function follow(trail: Trail, log: number): void {
  if (log === trail.current) {
    trail.stays++;
    return;
  }
  trail.left.add(trail.current);
  trail.current = log;
  trail.changes++;
  if (trail.left.has(log)) trail.hasReturned = true;
}

function partitionPerPublisherOf(trails: readonly Trail[]): PartitionPerPublisher {
  if (trails.some(({ changes }) => changes > 0)) return 'no';
  const stays = trails.reduce((sum, trail) => sum + trail.stays, 0);
  if (stays === 0) return 'not told';
  return stays < manyFrom ? 'few' : 'many';
}
