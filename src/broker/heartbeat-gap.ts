/**
 * The longest time that a member of a consumer group has gone without a heartbeat: from joining to the first, from one
 * that was answered to the next, or to joining again, if the group had not called for that: then it had put the member
 * out. A group does so once that time is the session time-out, so that how near it came to it says how near a rebalance
 * was. Told each time that it is longer than ever before, which is seldom.
 */
import type { TakeNote } from '../domain/run-note.js';

export class HeartbeatGap {
  readonly #subscription: string;
  readonly #nowMs: () => number;
  readonly #onNote: TakeNote<'heartbeat'>;
  #sinceMs: number | null = null;
  #longestMs = 0;
  #isCalled = false;

  constructor(subscription: string, nowMs: () => number, onNote: TakeNote<'heartbeat'>) {
    this.#subscription = subscription;
    this.#nowMs = nowMs;
    this.#onNote = onNote;
  }

  /** The group has heard the member, and calls for all to join again. */
  called(): void {
    this.#isCalled = true;
  }

  /** The member is in the group, as of now: joining lets its session begin anew. */
  joined(): void {
    if (this.#isCalled) this.#sinceMs = this.#nowMs();
    else this.beaten();
    this.#isCalled = false;
  }

  /** A heartbeat was answered, and well. */
  beaten(): void {
    const nowMs = this.#nowMs();
    const gapMs = this.#sinceMs === null ? 0 : toWholeMicroseconds(nowMs - this.#sinceMs);
    this.#sinceMs = nowMs;
    if (gapMs <= this.#longestMs) return;
    this.#longestMs = gapMs;
    this.#onNote('heartbeat', { subscription: this.#subscription, gapMs });
  }
}

function toWholeMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
