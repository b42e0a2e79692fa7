/**
 * Did what was done to the run have an effect that can be seen, and was a pair open that it could have broken, then or when
 * it was asked for (an effect may come later, when a broker is back or a group has settled)? Each kind of disturbance has
 * effects of its own, below; an effect belongs to the latest disturbance that can have it.
 *
 *   crash               a delivery died in the memory of its service, or its handling was cut off
 *   workers             a dispatcher got another number of lanes
 *   partitions          an event was stored in a partition that had not been there
 *   join, leave, stall  the group gave its partitions out anew
 *   pause               a member paused partitions that it owns
 *   restart             a connection was lost or made again, or a request failed
 *   refuse              a publish was refused or tried again
 */
import type { DisturbanceAction } from '../domain/disturbance.js';
import type { RunNote } from '../domain/observation.js';
import type { DisturbanceEvidence } from '../domain/verdict.js';
import { pairClosed, pairInFlight, type PairOpenness } from './queue-book.js';

type Kind = DisturbanceAction['kind'];

const kinds: readonly string[] = [
  ...(['join', 'leave', 'stall', 'pause', 'crash', 'workers', 'partitions', 'restart', 'refuse'] as const),
] satisfies Kind[];

const changesMembers: readonly Kind[] = ['join', 'leave', 'stall'];

interface Seen {
  readonly what: string;
  effects: number;
  metInFlight: number;
  metWaiting: number;
}

export class Disturbances {
  readonly #seen: Seen[] = [];
  readonly #opennessNow: () => PairOpenness;
  readonly #onKeysMove: () => void;
  #highestPartition = -1;
  /** Partitions above this one are new; Infinity while none were to be added. */
  #newAbove = Infinity;

  /**
   * @param opennessNow how far any pair is open just before what is being told
   * @param onKeysMove told when events in new partitions first meet an open pair, if none was when they were asked for
   */
  constructor(opennessNow: () => PairOpenness, onKeysMove: () => void) {
    this.#opennessNow = opennessNow;
    this.#onKeysMove = onKeysMove;
  }

  note({ kind, detail }: RunNote): void {
    switch (kind) {
      case 'disturbance':
        return this.#begin(String(detail['what']));
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
        if (detail['what'] === 'produce-retry') this.#effect('refuse');
        return;
      default:
        return;
    }
  }

  rebalanced(): void {
    this.#effect(...changesMembers);
  }

  cutOff(): void {
    this.#effect('crash');
  }

  refused(): void {
    this.#effect('refuse');
  }

  /** An event is known to lie in a partition. */
  stored(partition: number): void {
    if (partition > this.#newAbove) this.#effect('partitions');
    if (partition > this.#highestPartition) this.#highestPartition = partition;
  }

  evidence(): DisturbanceEvidence[] {
    return this.#seen.map((seen) => ({ ...seen, metWaiting: seen.metInFlight === 1 ? 0 : seen.metWaiting }));
  }

  #begin(what: string): void {
    if (!kinds.includes(what)) return;
    const seen = { what, effects: 0, metInFlight: 0, metWaiting: 0 };
    this.#seen.push(seen);
    this.#meet(seen);
    if (what === 'partitions') this.#newAbove = this.#highestPartition;
  }

  #effect(...of: readonly Kind[]): void {
    const latest = this.#seen.findLast(({ what }) => (of as readonly string[]).includes(what));
    if (latest === undefined) return;
    latest.effects++;
    const isNew = this.#meet(latest);
    if (isNew && latest.what === 'partitions') this.#onKeysMove();
  }

  /** Returns whether this is the first open pair that it meets. */
  #meet(seen: Seen): boolean {
    const openness = this.#opennessNow();
    if (openness === pairClosed) return false;
    const isNew = seen.metInFlight + seen.metWaiting === 0;
    if (openness === pairInFlight) seen.metInFlight = 1;
    else seen.metWaiting = 1;
    return isNew;
  }
}
