/**
 * Reads from notes what happened to the run rather than to one event, as far as it may have broken order or let a
 * delivery go. Notes make no anomaly; they are evidence. The first assignment of a group is no rebalance: it is made
 * before anything is published, or before a member of the group is given anything, though some may have been published by
 * then. Neither is what happens once the run has drained.
 */
import type { Names } from '../domain/observation.js';
import { releasesDelivery, type ReleasedDelivery, type ReleaseKind, type RunNote } from '../domain/run-note.js';
import type { Disturbances } from './disturbances.js';
import type { LivingSubscriptions } from './exposure/living-subscriptions.js';
import type { QueueBook } from './exposure/queue-book.js';
import type { Silence } from './silence.js';
import type { Timeline } from './timeline.js';

/** The event that a note is about. */
export type NotedEvent = Pick<ReleasedDelivery, 'aggregate' | 'topic' | 'version' | 'delivery'>;

/** The parts of the checker that notes are passed on to. */
interface NoteReceivers {
  /** null: nothing is known of queues. */
  readonly queues: QueueBook | null;
  readonly disturbances: Disturbances;
  readonly living: LivingSubscriptions;
  readonly timeline: Timeline;
  readonly silence: Silence;
}

type OnReleased = (kind: ReleaseKind, event: NotedEvent) => void;

export class NoteReader {
  readonly #names: Names;
  readonly #queues: QueueBook | null;
  readonly #disturbances: Disturbances;
  readonly #living: LivingSubscriptions;
  readonly #timeline: Timeline;
  readonly #silence: Silence;
  readonly #onReleased: OnReleased;
  /** Epoch and group of each rebalance that was seen. */
  readonly #epochs = new Map<string, { readonly isFirstAssignment: boolean }>();
  /** Groups of which a generation was seen. */
  readonly #groups = new Set<string>();
  /** By the number of the subscription: whether anything was delivered to it. */
  readonly #isServed: boolean[] = [];
  /** By the number of the subscription: whether nothing was delivered to it since its connection was lost or made anew. */
  readonly #isCutOff: boolean[] = [];
  #hasBegun = false;
  #isOver = false;

  /** @param onReleased called with every event whose delivery the bus let go of */
  constructor(
    names: Names,
    { queues, disturbances, living, timeline, silence }: NoteReceivers,
    onReleased: OnReleased,
  ) {
    this.#names = names;
    this.#queues = queues;
    this.#disturbances = disturbances;
    this.#living = living;
    this.#timeline = timeline;
    this.#silence = silence;
    this.#onReleased = onReleased;
  }

  /** A publish call was made. */
  published(): void {
    this.#hasBegun = true;
  }

  /** An event was delivered to the subscription. */
  delivered(subscription: number): void {
    this.#isServed[subscription] = true;
    if (this.#isCutOff[subscription] === true) this.#isCutOff[subscription] = false;
  }

  read(note: RunNote): void {
    this.#disturbances.note(note);
    this.#timeline.note(note);
    this.#silence.note(note);
    if (releasesDelivery(note)) return this.#release(note);
    switch (note.kind) {
      case 'disturbance':
        return this.#disturb(note.detail.what);
      case 'subscription-ended':
        return this.#living.end(this.#subscriptionNamed(note.detail.subscription));
      case 'heartbeat':
        return this.#queues?.heartbeat(this.#subscriptionNamed(note.detail.subscription), Number(note.detail.gapMs));
      case 'rebalance':
        return this.#rebalance(note);
      case 'reconnect':
        return this.#reconnect(note);
      case 'fault':
        return note.detail.what === 'disconnect' ? this.#reconnect(note) : undefined;
      case 'drain':
        this.#isOver = true;
        return;
      default:
        return;
    }
  }

  #disturb(what: string | undefined): void {
    if (what === 'crash') this.#queues?.disrupt('crash', null);
    if (what === 'workers') this.#queues?.disrupt('resize', null);
    if (what === 'partitions') this.#queues?.disrupt('partitions', null);
  }

  /** Of a publisher's connection nothing follows for deliveries. */
  #reconnect({ stamp, atMs, detail: { subscription, publisher } }: RunNote<'reconnect' | 'fault'>): void {
    if (publisher !== undefined) return;
    const number = this.#subscriptionNamed(String(subscription));
    if (number >= 0) this.#isCutOff[number] = true;
    this.#timeline.reconnected(number, { stamp, atMs });
  }

  #rebalance({ stamp, atMs, detail: { group, epoch, subscription } }: RunNote<'rebalance'>): void {
    const key = `${String(epoch)} ${String(group)}`;
    if (this.#isOver) return;
    const isNew = !this.#epochs.has(key);
    if (isNew) this.#epochs.set(key, { isFirstAssignment: !this.#hasBegun || this.#isFirst(String(group)) });
    this.#groups.add(String(group));
    if (this.#epochs.get(key)!.isFirstAssignment) return;
    // A member that learns of it late goes on with what it was given before until then.
    this.#timeline.assigned(String(group), { stamp, atMs });
    // It had given up what it had in hand before, and joins its group as the last step of coming back.
    const number = this.#subscriptionNamed(subscription);
    if (this.#isCutOff[number] === true) this.#timeline.reconnected(number, { stamp, atMs });
    if (!isNew) return;
    this.#disturbances.rebalanced();
    this.#timeline.rebalanced();
    const queue = this.#queues?.queueNamed(String(group)) ?? null;
    if (queue !== null) this.#queues?.rebalance(queue);
  }

  /** No generation of the group was seen, and nothing was delivered to it, or to a subscription of no known group. */
  #isFirst(group: string): boolean {
    if (this.#groups.has(group)) return false;
    return !this.#isServed.some((_, subscription) => {
      const queue = this.#queues?.queueOf(subscription)?.name ?? null;
      return queue === null || queue === group;
    });
  }

  #release({ kind, detail }: RunNote<ReleaseKind>): void {
    const { delivery, subscriptionIndex: subscription, aggregate, topic, version, partition } = detail;
    if (typeof subscription !== 'number' || typeof topic !== 'number' || typeof partition !== 'number') return;
    this.#queues?.settle(Number(delivery), { subscription, topic, partition });
    if (typeof aggregate === 'number' && typeof version === 'number') {
      this.#onReleased(kind, { aggregate, topic, version, delivery: Number(delivery) });
    }
  }

  /** -1 if there is none of that name. */
  #subscriptionNamed(name: string | undefined): number {
    return this.#names.subscriptions.indexOf(String(name));
  }
}
