/**
 * Keeps what the checker sees of each queue while events pass. A queue is a durable or a consumer group; what lets
 * deliveries out one by one, and so can hold an event back, is a *place*: the durable, or one partition in the group.
 *
 * A pair of consecutive versions is *open* from the delivery of its lower version: in flight while the upper one was
 * delivered too and the lower one has not finished; waiting while the upper one, stored before the lower one finished,
 * is still at the broker. Whatever may break order is counted together with whether a pair of the queue was open at
 * that moment; if none was, it could break nothing.
 */
import type { QueueNames } from '../../domain/scenario/checker-options.js';
import type { Delivery } from '../../domain/observation.js';
import {
  disruptionKinds,
  type Disruption,
  type DisruptionKind,
  type QueueEvidence,
} from '../../domain/report/verdict.js';

/** More than any topic has partitions, and any run topics. */
const partitionStride = 2 ** 16;
const topicStride = 2 ** 16;

/** How far a pair is open; see above. */
export const pairClosed = 0;
export const pairInFlight = 1;
export const pairWaiting = 2;
export type PairOpenness = typeof pairClosed | typeof pairInFlight | typeof pairWaiting;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A durable, or one partition in a group: where deliveries come from one by one. */
export interface Place {
  readonly queue: Queue;
  /** Ids of deliveries that the bus has from here and has not settled. */
  readonly inHand: Set<number>;
  /** The tick of the last delivery that was not alone; see {@link QueueBook.tick}. */
  crowdedAt: number;
}

export interface Queue {
  readonly index: number;
  readonly name: string;
  alonePairs: number;
  sharedAggregates: number;
  /** Open pairs, by openness. */
  readonly open: [closed: number, inFlight: number, waiting: number];
  /** By openness: how often a pair has left it. */
  readonly closings: [closed: number, inFlight: number, waiting: number];
  /** `closings` as they were at the last rebalance of the group. */
  closingsBefore: readonly number[];
  readonly disruptions: Record<DisruptionKind, Mutable<Disruption>>;
  mostDeliveries: number | null;
  longestUnackedMs: number | null;
  longestHeartbeatMs: number | null;
}

export class QueueBook {
  /** Counts deliveries: a time to which places refer. */
  tick = 0;
  readonly #names: QueueNames;
  readonly #queues: readonly Queue[];
  /** By queue where a queue is one place. */
  readonly #places: readonly Place[];
  /** By a number made of queue, topic and partition, where each partition is one. */
  readonly #partitions = new Map<number, Place>();
  /** Deliveries that buses have in hand, of all queues. */
  #inHand = 0;
  /** By delivery: its last progress ack, ms since the run began. */
  readonly #progressAtMs = new Map<number, number>();

  constructor(names: QueueNames) {
    this.#names = names;
    this.#queues = names.names.map(emptyQueue);
    this.#places = this.#queues.map(emptyPlace);
  }

  get queues(): readonly Queue[] {
    return this.#queues;
  }

  /** No bus has anything in hand. */
  get isIdle(): boolean {
    return this.#inHand === 0;
  }

  /** Null for a subscription of which nothing is known. */
  queueOf(subscription: number): Queue | null {
    return this.#queues[this.#names.ofSubscription[subscription] ?? -1] ?? null;
  }

  queueNamed(name: string): Queue | null {
    return this.#queues.find((queue) => queue.name === name) ?? null;
  }

  placeOf({ subscription, topic, partition }: Pick<Delivery, 'subscription' | 'topic' | 'partition'>): Place | null {
    const index = this.#names.ofSubscription[subscription] ?? -1;
    if (!this.#names.perPartition) return this.#places[index] ?? null;
    const queue = this.#queues[index];
    if (queue === undefined) return null;
    const key = (index * topicStride + topic) * partitionStride + partition;
    const known = this.#partitions.get(key);
    if (known !== undefined) return known;
    const place = emptyPlace(queue);
    this.#partitions.set(key, place);
    return place;
  }

  /** A delivery is handed over. Returns its place; null if nothing is known of its queue. */
  deliver(delivery: Delivery): Place | null {
    this.tick++;
    const place = this.placeOf(delivery);
    if (place === null) return null;
    const { queue } = place;
    const { deliveryCount } = delivery;
    if (deliveryCount !== null && deliveryCount > (queue.mostDeliveries ?? 0)) queue.mostDeliveries = deliveryCount;
    place.inHand.add(delivery.id);
    this.#inHand++;
    if (place.inHand.size > 1) place.crowdedAt = this.tick;
    return place;
  }

  /** A delivery is in hand no longer. */
  settle(id: number, from: Pick<Delivery, 'subscription' | 'topic' | 'partition'>): void {
    if (this.placeOf(from)?.inHand.delete(id) === true) this.#inHand--;
  }

  /** Something happened to a delivery of this subscription. */
  disruptBy(kind: DisruptionKind, subscription: number): void {
    const queue = this.queueOf(subscription);
    if (queue !== null) this.disrupt(kind, queue);
  }

  /** @param queue null: of every queue */
  disrupt(kind: DisruptionKind, queue: Queue | null): void {
    for (const one of queue === null ? this.#queues : [queue]) {
      const disruption = one.disruptions[kind];
      disruption.count++;
      if (one.open[pairInFlight] > 0) disruption.metInFlight++;
      else if (one.open[pairWaiting] > 0) disruption.metWaiting++;
    }
  }

  /**
   * Partitions go from one member to another. That takes a while, in which a client lets nothing new in: so a pair
   * counts if it was open at any time since the last rebalance.
   */
  rebalance(queue: Queue): void {
    const { rebalance } = queue.disruptions;
    const openness = opennessSince(queue, queue.closingsBefore);
    queue.closingsBefore = [...queue.closings];
    rebalance.count++;
    if (openness === pairInFlight) rebalance.metInFlight++;
    if (openness === pairWaiting) rebalance.metWaiting++;
  }

  /** The closings of each queue so far, for a later comparison by {@link openness}. */
  get moment(): readonly (readonly number[])[] {
    return this.#queues.map(({ closings }) => [...closings]);
  }

  /** How far any pair of any queue is open or, with a moment, was since then. */
  openness(moment: QueueBook['moment'] | null = null): PairOpenness {
    const all = this.#queues.map((queue, i) => opennessSince(queue, moment === null ? queue.closings : moment[i]!));
    if (all.includes(pairInFlight)) return pairInFlight;
    return all.includes(pairWaiting) ? pairWaiting : pairClosed;
  }

  /**
   * A delivery is answered (ack, nak, term), or its ack wait begins anew.
   * @param isProgress whether the ack wait begins anew
   * @param atMs milliseconds since the run began
   */
  ack({ id, subscription, deliveredAtMs }: Delivery, isProgress: boolean, atMs: number): void {
    const queue = this.queueOf(subscription);
    if (queue === null) return;
    const sinceMs = this.#progressAtMs.size === 0 ? deliveredAtMs : (this.#progressAtMs.get(id) ?? deliveredAtMs);
    queue.longestUnackedMs = Math.max(queue.longestUnackedMs ?? 0, atMs - sinceMs);
    if (isProgress) this.#progressAtMs.set(id, atMs);
    else if (this.#progressAtMs.size > 0) this.#progressAtMs.delete(id);
  }

  heartbeat(subscription: number, gapMs: number): void {
    const queue = this.queueOf(subscription);
    if (queue !== null) queue.longestHeartbeatMs = Math.max(queue.longestHeartbeatMs ?? 0, gapMs);
  }

  /** @param pairs by queue: those in flight, and those split */
  evidence(pairs: { readonly inFlightAt: readonly number[]; readonly splitAt: readonly number[] }): QueueEvidence[] {
    return this.#queues.map((queue) => ({
      queue: queue.name,
      inFlightPairs: pairs.inFlightAt[queue.index] ?? 0,
      alonePairs: queue.alonePairs,
      splitPairs: pairs.splitAt[queue.index] ?? 0,
      sharedAggregates: queue.sharedAggregates,
      disruptions: structuredClone(queue.disruptions),
      mostDeliveries: queue.mostDeliveries,
      longestUnackedMs: queue.longestUnackedMs,
      longestHeartbeatMs: queue.longestHeartbeatMs,
    }));
  }
}

/** A pair of the queue goes from one openness to another. */
export function movePair({ open, closings }: Queue, from: PairOpenness, to: PairOpenness): void {
  open[from]--;
  open[to]++;
  closings[from]++;
}

/** How far any pair of the queue is open, or was since its closings were `closingsBefore`. */
function opennessSince({ open, closings }: Queue, closingsBefore: readonly number[]): PairOpenness {
  const wasOpen = (openness: PairOpenness): boolean =>
    open[openness] > 0 || closings[openness] > (closingsBefore[openness] ?? 0);
  if (wasOpen(pairInFlight)) return pairInFlight;
  return wasOpen(pairWaiting) ? pairWaiting : pairClosed;
}

function emptyQueue(name: string, index: number): Queue {
  const none = disruptionKinds.map((kind) => [kind, { count: 0, metInFlight: 0, metWaiting: 0 }] as const);
  return {
    index,
    name,
    alonePairs: 0,
    sharedAggregates: 0,
    open: [0, 0, 0],
    closings: [0, 0, 0],
    closingsBefore: [0, 0, 0],
    disruptions: Object.fromEntries(none) as Queue['disruptions'],
    mostDeliveries: null,
    longestUnackedMs: null,
    longestHeartbeatMs: null,
  };
}

function emptyPlace(queue: Queue): Place {
  return { queue, inHand: new Set(), crowdedAt: -1 };
}
