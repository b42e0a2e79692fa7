/**
 * Finds out whether each disturbance had an effect that can be seen, and whether a pair that it could have broken was
 * open at any time from the request to the effect. (An effect may come later, when a broker is back or a group has
 * settled; meanwhile a client lets nothing new in.) Each kind of disturbance has effects of its own, below; an effect
 * belongs to the latest disturbance that can have it.
 *
 *   crash               a delivery died in the memory of its service, or its handling was cut off
 *   workers             a dispatcher got another number of lanes
 *   partitions          an event was stored in a partition that had not been there
 *   join, leave, stall  the group gave its partitions out anew
 *   pause               a member paused partitions that it owns
 *   restart             a connection was lost or made again, or a request failed
 *   refuse              a publish was refused or tried again
 */
import type { DisturbanceAction } from '../domain/scenario/disturbance.js';
import type { RunNote } from '../domain/run-note.js';
import type { DisturbanceEvidence } from '../domain/report/verdict.js';
import { pairClosed, pairInFlight, pairWaiting, type QueueBook } from './exposure/queue-book.js';

type Kind = DisturbanceAction['kind'];

const kinds: readonly string[] = [
  ...(['join', 'leave', 'stall', 'pause', 'crash', 'workers', 'partitions', 'restart', 'refuse'] as const),
] satisfies Kind[];

const changesMembers: readonly Kind[] = ['join', 'leave', 'stall'];

interface Seen {
  readonly what: string;
  readonly askedAt: QueueBook['moment'] | null;
  effects: number;
  metInFlight: number;
  metWaiting: number;
  /** Of added partitions: a pair was open when they were asked for, or when an event was stored in one of them. */
  hasMovedKeys: boolean;
}

export class Disturbances {
  readonly #seen: Seen[] = [];
  /** null: nothing is known of queues, so no pair is known to be open. */
  readonly #queues: QueueBook | null;
  #highestPartition = -1;
  /** Partitions above this one are new; Infinity while none were to be added. */
  #newAbove = Infinity;

  constructor(queues: QueueBook | null) {
    this.#queues = queues;
  }

  note({ kind, detail }: RunNote): void {
    switch (kind) {
      case 'disturbance':
        return this.#begin(String(detail.what));
      case 'crashed':
        return this.#effect('crash');
      case 'resized':
        return this.#effect('workers');
      case 'paused':
        return this.#effect('pause');
      case 'reconnect':
        return this.#effect('restart');
      case 'fault':
        this.#effect('restart');
        if (detail.what === 'produce-retry') this.#effect('refuse');
        return;
      default:
        return;
    }
  }

  /** A group assigned its partitions anew. */
  rebalanced(): void {
    this.#effect(...changesMembers);
  }

  /** A handling was cut off because its service died. */
  cutOff(): void {
    this.#effect('crash');
  }

  /** A publish was refused. */
  refused(): void {
    this.#effect('refuse');
  }

  /** An event is known to lie in a partition. */
  stored(partition: number): void {
    if (partition > this.#newAbove) this.#effect('partitions');
    if (partition > this.#highestPartition) this.#highestPartition = partition;
  }

  evidence(): DisturbanceEvidence[] {
    return this.#seen.map(({ what, effects, metInFlight, metWaiting }) => ({
      what,
      effects,
      metInFlight,
      metWaiting: metInFlight === 1 ? 0 : metWaiting,
    }));
  }

  #begin(what: string): void {
    if (!kinds.includes(what)) return;
    const askedAt = this.#queues?.moment ?? null;
    this.#seen.push({ what, askedAt, effects: 0, metInFlight: 0, metWaiting: 0, hasMovedKeys: this.#isAnyOpen });
    if (what === 'partitions') this.#newAbove = this.#highestPartition;
  }

  #effect(...of: readonly Kind[]): void {
    const latest = this.#seen.findLast(({ what }) => (of as readonly string[]).includes(what));
    if (latest === undefined) return;
    latest.effects++;
    const openness = this.#queues?.openness(latest.askedAt) ?? pairClosed;
    if (openness === pairInFlight) latest.metInFlight = 1;
    if (openness === pairWaiting) latest.metWaiting = 1;
    if (latest.what === 'partitions' && !latest.hasMovedKeys && this.#isAnyOpen) {
      latest.hasMovedKeys = true;
      this.#queues?.disrupt('partitions', null);
    }
  }

  get #isAnyOpen(): boolean {
    return this.#queues !== null && this.#queues.openness() !== pairClosed;
  }
}
