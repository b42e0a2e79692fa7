/** What was seen of each queue. */
import {
  disruptionKinds,
  type Disruption,
  type DisruptionKind,
  type QueueEvidence,
} from '../../../src/domain/report/verdict.js';
import { disruptionsOf } from './disruptions.js';
import { keysMovedAt } from './disturbances.js';
import type { Facts } from './facts.js';
import { isInFlight, isSplit, metAt, metWithin, type Pair } from './pairs.js';
import { isAlone, queueOf } from './places.js';
import type { Unit } from './unit.js';

export function queuesOf(facts: Facts, units: readonly Unit[], pairs: readonly Pair[]): readonly QueueEvidence[] {
  const moved = keysMovedAt(facts, pairs).map((time) => ({ kind: 'partitions', time, queue: 'all' }) as const);
  const disruptions = [...disruptionsOf(facts), ...moved];
  return (facts.options.queues?.names ?? []).map((name, queue) => {
    const own = pairs.filter(({ lower }) => lower !== null && queueOf(lower.delivery.subscription, facts) === queue);
    const disruptionsOfKind = (kind: DisruptionKind): Disruption => {
      const there = disruptions.filter((one) => one.kind === kind && (one.queue === queue || one.queue === 'all'));
      const times = there.map(({ time }) => time);
      return { count: there.length, ...(kind === 'rebalance' ? metSince(times, own) : metAt(times, own)) };
    };
    return {
      queue: name,
      inFlightPairs: own.filter(isInFlight).length,
      alonePairs: own.filter(isAlone).length,
      splitPairs: own.filter(isSplit).length,
      sharedAggregates: units.filter((unit) => isShared(unit, queue)).length,
      disruptions: Object.fromEntries(disruptionKinds.map((kind) => [kind, disruptionsOfKind(kind)])) as Readonly<
        Record<DisruptionKind, Disruption>
      >,
      mostDeliveries: longest(deliveryCountsOf(facts, queue)),
      longestUnackedMs: longest(unackedMsOf(facts, queue)),
      longestHeartbeatMs: longest(heartbeatsMsOf(facts, queue)),
    };
  });
}

/** Of what takes a while: a pair counts that was open at any time since the time before. */
function metSince(times: readonly number[], pairs: readonly Pair[]): Pick<Disruption, 'metInFlight' | 'metWaiting'> {
  return metWithin(
    times.map((to, i) => ({ from: times[i - 1] ?? -1, to })),
    pairs,
  );
}

/** Of two successive deliveries of the unit, both from this queue, the second came elsewhere, the first being alive. */
function isShared({ facts, delivered }: Unit, queue: number): boolean {
  return delivered.some(({ time, delivery }, i) => {
    const previous = delivered[i - 1]?.delivery.subscription;
    if (previous === undefined || previous === delivery.subscription) return false;
    if (queueOf(previous, facts) !== queue || queueOf(delivery.subscription, facts) !== queue) return false;
    return facts.isAlive(previous, time);
  });
}

function deliveryCountsOf(facts: Facts, queue: number): readonly number[] {
  return facts.delivered
    .filter(({ delivery }) => queueOf(delivery.subscription, facts) === queue)
    .flatMap(({ delivery: { deliveryCount } }) => (deliveryCount === null ? [] : [deliveryCount]));
}

/** From each ack back to the delivery or its last progress ack. */
function unackedMsOf(facts: Facts, queue: number): readonly number[] {
  return facts.acks
    .filter(({ delivery }) => queueOf(delivery.subscription, facts) === queue)
    .map(({ time, delivery, atMs }) => {
      const progress = facts.acks.filter(
        (one) => one.delivery.id === delivery.id && one.ack === 'progress' && one.time < time,
      );
      return atMs - Math.max(delivery.deliveredAtMs, ...progress.map((one) => one.atMs));
    });
}

function heartbeatsMsOf(facts: Facts, queue: number): readonly number[] {
  return facts.notes.flatMap(({ note }) => {
    if (note.kind !== 'heartbeat') return [];
    const subscription = facts.options.names.subscriptions.indexOf(String(note.detail.subscription));
    return queueOf(subscription, facts) === queue ? [Number(note.detail.gapMs)] : [];
  });
}

function longest(timesMs: readonly number[]): number | null {
  return timesMs.length === 0 ? null : Math.max(...timesMs);
}
