/**
 * Says how the key of an aggregate is split, by the partitions of each publisher's events in version order: whether they
 * go back to a partition that they had left, and whether they all lie in one. A key that moved because partitions were
 * added changes partition once for each time, and each publisher notices when it will. Only versions whose log places
 * are remembered count.
 */
import { followerSteps, type SplitKeySignature } from '../../domain/report/anomaly-signature.js';
import { topicOfLog } from '../memory/log-name.js';
import type { PositionWindow } from '../memory/position-window.js';
import { publisherOf, type PublishersState } from '../memory/publishers.js';

interface SplitUnit extends PublishersState {
  readonly positions: PositionWindow;
}

/** The partitions of one publisher's events in one topic. */
interface Trail {
  current: number;
  readonly left: Set<number>;
  changes: number;
  /** Events that followed an earlier one into its partition. */
  followers: number;
  hasReturned: boolean;
}

/** @param expansions how often partitions were added */
export function splitKeySignatureOf(unit: SplitUnit, expansions: number): SplitKeySignature {
  const trails = trailsOf(unit);
  const mostChanges = Math.max(1, expansions);
  const followers = trails.reduce((sum, trail) => sum + trail.followers, 0);
  return {
    kind: 'splitKeys',
    returns: trails.some(({ hasReturned, changes }) => hasReturned && changes > mostChanges),
    publishers: unit.otherPublishers === null ? 'one' : 'several',
    publishersKeep: trails.every(({ changes }) => changes === 0),
    followers: followerSteps.findLast((step) => step <= followers) ?? 0,
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
      trails.set(key, { current: log, left: new Set(), changes: 0, followers: 0, hasReturned: false });
    else follow(trail, log);
  }
  return [...trails.values()];
}

function follow(trail: Trail, log: number): void {
  if (log === trail.current) {
    trail.followers++;
    return;
  }
  trail.left.add(trail.current);
  trail.current = log;
  trail.changes++;
  if (trail.left.has(log)) trail.hasReturned = true;
}
