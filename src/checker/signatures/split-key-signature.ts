/**
 * Says how the key of an aggregate is split: whether its events, in version order, go back to a partition that they had
 * left, and whether each publisher keeps to one partition. A key that moved because partitions were added never goes
 * back. Only versions whose log places are remembered count.
 */
import type { SplitKeySignature } from '../../domain/report/anomaly-signature.js';
import { topicOfLog } from '../memory/log-name.js';
import type { PositionWindow } from '../memory/position-window.js';
import { publisherOf, type PublishersState } from '../memory/publishers.js';

interface SplitUnit extends PublishersState {
  readonly positions: PositionWindow;
}

export function splitKeySignatureOf(unit: SplitUnit, afterExpansion: boolean): SplitKeySignature {
  const { positions } = unit;
  const current = new Map<number, number>();
  const left = new Set<number>();
  const logOfPublisher = new Map<string, number>();
  let returns = false;
  let partitionPerPublisher = true;
  for (let version = Math.max(1, positions.lowest); version <= positions.highest; version++) {
    if (positions.positionOf(version) === 0) continue;
    const log = positions.partitionOf(version);
    const topic = topicOfLog(log);
    const before = current.get(topic);
    if (before !== undefined && before !== log) left.add(before);
    if (left.has(log)) returns = true;
    current.set(topic, log);
    const publisher = `${topic} ${publisherOf(unit, version)}`;
    if ((logOfPublisher.get(publisher) ?? log) !== log) partitionPerPublisher = false;
    logOfPublisher.set(publisher, log);
  }
  const publishers = unit.otherPublishers === null ? 'one' : 'several';
  return { kind: 'splitKeys', returns, publishers, partitionPerPublisher, afterExpansion };
}
