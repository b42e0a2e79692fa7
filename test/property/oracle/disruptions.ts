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

/** The first notes of each generation of a group, from the first publish call on and before the drain. */
export function rebalancesOf({
  notes,
  publishes,
}: Facts): readonly { readonly time: number; readonly group: string }[] {
  const begin = publishes[0]?.time ?? Infinity;
  const end = notes.find(({ note }) => note.kind === 'drain')?.time ?? Infinity;
  const all = notes.flatMap(({ time, note }) => {
    if (note.kind !== 'rebalance') return [];
    return [{ time, group: String(note.detail.group), epoch: Number(note.detail.epoch) }];
  });
  return all.filter((one, i) => {
    const isSeen = all.slice(0, i).some(({ group, epoch }) => group === one.group && epoch === one.epoch);
    return !isSeen && begin < one.time && one.time < end;
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
