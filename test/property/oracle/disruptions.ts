/** What may break order in the middle of a run: when, and in which queue. */
import type { DisruptionKind } from '../../../src/domain/report/verdict.js';
import type { Delivered, Facts } from './facts.js';
import { queueOf } from './places.js';

export interface Disrupted {
  readonly kind: DisruptionKind;
  readonly time: number;
  /** undefined: a queue that the checker was not told of. */
  readonly queue: number | undefined | 'all';
}

export function disruptionsOf(facts: Facts): readonly Disrupted[] {
  const failures = facts.finished
    .filter(({ attempt }) => attempt.outcome === 'failed' || attempt.outcome === 'retried')
    .map(({ time, delivery }) => ({ kind: 'failure', time, queue: queueOf(delivery.subscription, facts) }) as const);
  const redeliveries = facts.delivered
    .filter((one) => isDisruptive(one, facts))
    .map(({ time, delivery }) => ({ kind: 'redelivery', time, queue: queueOf(delivery.subscription, facts) }) as const);
  const rebalances = rebalancesOf(facts).map(({ time, group }) => {
    const queue = facts.options.queues?.names.indexOf(group) ?? -1;
    return { kind: 'rebalance', time, queue: queue < 0 ? undefined : queue } as const;
  });
  const disturbances = ([kind, what]: readonly [DisruptionKind, string]): readonly Disrupted[] =>
    facts.notes
      .filter(({ note }) => note.kind === 'disturbance' && note.detail.what === what)
      .map(({ time }) => ({ kind, time, queue: 'all' }));
  const asked = (
    [
      ['crash', 'crash'],
      ['resize', 'workers'],
      ['partitions', 'partitions'],
    ] as const
  ).flatMap(disturbances);
  return [...failures, ...redeliveries, ...rebalances, ...asked];
}

interface Generation {
  readonly time: number;
  readonly group: string;
}

/**
 * The first note of a generation comes before the first publish call; or it is the first of its group, and nothing was
 * delivered before it to the group, or to a subscription of no known group.
 */
export function isFirstAssignment({ time, group }: Generation, facts: Facts): boolean {
  const { notes, publishes, delivered, options } = facts;
  if (time < (publishes[0]?.time ?? Infinity)) return true;
  const isNoted = notes.some(
    ({ time: at, note }) => at < time && note.kind === 'rebalance' && String(note.detail.group) === group,
  );
  const served = delivered.filter((one) => one.time < time).map((one) => queueOf(one.delivery.subscription, facts));
  return !isNoted && !served.some((queue) => queue === undefined || options.queues!.names[queue] === group);
}

/** The first notes of each generation of a group that is no first assignment, before the drain. */
export function rebalancesOf(facts: Facts): readonly Generation[] {
  const { notes } = facts;
  const end = notes.find(({ note }) => note.kind === 'drain')?.time ?? Infinity;
  const all = notes.flatMap(({ time, note }) => {
    if (note.kind !== 'rebalance') return [];
    return [{ time, group: String(note.detail.group), epoch: Number(note.detail.epoch) }];
  });
  return all.filter((one, i) => {
    const isSeen = all.slice(0, i).some(({ group, epoch }) => group === one.group && epoch === one.epoch);
    return !isSeen && one.time < end && !isFirstAssignment(one, facts);
  });
}

/** A redelivery of a version that has not finished, other than of what a crash had just cut off. */
function isDisruptive({ time, unit, version, delivery }: Delivered, facts: Facts): boolean {
  const isOwn = (one: { time: number; unit: string; version: number }): boolean =>
    one.time < time && one.unit === unit && one.version === version;
  const finished = facts.finished.filter(isOwn);
  if (finished.some(({ attempt }) => attempt.outcome === 'done')) return false;
  if (!facts.isRedelivery(delivery)) return false;
  const crashes = facts.notes.flatMap(({ time: at, note }) => {
    if (note.kind !== 'crashed') return [];
    const { aggregate, topic, version } = note.detail;
    const unit = facts.unitOf({ aggregate: Number(aggregate), topic: Number(topic) });
    return [{ time: at, unit, version: Number(version), isCrash: true }];
  });
  const before = [
    ...facts.delivered.map((one) => ({ ...one, isCrash: false })),
    ...facts.finished.map((one) => ({ ...one, isCrash: one.attempt.outcome === 'crashed' })),
    ...crashes,
  ];
  const last = before.filter(isOwn).sort((a, b) => b.time - a.time)[0];
  return last?.isCrash !== true;
}
