/**
 * Measures the longest time that a member of a consumer group has gone without a heartbeat. A gap runs from joining to
 * the first heartbeat, and from one answered heartbeat to the next. It also runs to a join that the group had not
 * called for, since the group had then put the member out. A group does so once the gap reaches the session time-out,
 * so the longest gap tells how near a rebalance was. It is noted each time it is longer than ever before, which is
 * seldom, and so is each time that the member was put out.
 */
import type { TakeNote } from '../domain/run-note.js';
import type { KafkaTopology, SubscriptionSpec } from '../domain/topology.js';

export interface HeartbeatGapOptions {
  readonly subscription: Pick<SubscriptionSpec, 'name'>;
  readonly topology: { readonly consumer: Pick<KafkaTopology['consumer'], 'sessionTimeoutMs'> };
  readonly onNote: TakeNote<'heartbeat' | 'put-out'>;
}

export class HeartbeatGap {
  readonly #subscription: string;
  readonly #sessionTimeoutMs: number;
  readonly #nowMs: () => number;
  readonly #onNote: TakeNote<'heartbeat' | 'put-out'>;
  #sinceMs: number | null = null;
  #longestMs = 0;
  #isCalled = false;

  constructor({ subscription, topology, onNote }: HeartbeatGapOptions, nowMs: () => number) {
    this.#subscription = subscription.name;
    this.#sessionTimeoutMs = topology.consumer.sessionTimeoutMs;
    this.#nowMs = nowMs;
    this.#onNote = onNote;
  }

  /** The group answered the member, and called for all members to join again. */
  called(): void {
    this.#isCalled = true;
  }

  /** The member has just joined, with which its session begins anew. */
  joined(): void {
    if (this.#isCalled) this.#sinceMs = this.#nowMs();
    else this.#joinedUncalled();
    this.#isCalled = false;
  }

  /** A heartbeat was answered without an error. */
  beaten(): void {
    const gapMs = this.#gapMs();
    this.#sinceMs = this.#nowMs();
    if (gapMs <= this.#longestMs) return;
    this.#longestMs = gapMs;
    this.#onNote('heartbeat', { subscription: this.#subscription, gapMs });
  }

  /** For the first time, or anew by itself, or since the group had put the member out. */
  #joinedUncalled(): void {
    const gapMs = this.#gapMs();
    if (gapMs >= this.#sessionTimeoutMs) this.#onNote('put-out', { subscription: this.#subscription, gapMs });
    this.beaten();
  }

  /** Time since the member was last heard of; 0 if it has not joined yet. */
  #gapMs(): number {
    return this.#sinceMs === null ? 0 : toWholeMicroseconds(this.#nowMs() - this.#sinceMs);
  }
}

function toWholeMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
