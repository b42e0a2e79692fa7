/**
 * The messages that wait for an ack, and when each of them is due again. Every message has its deadline, and the
 * durable one timer at which it looks at all of them, as the server does: what is due at the same look runs out
 * together. The timer is not simply the earliest deadline: it is a little late by design, and how it is set again
 * differs by release.
 */
import type { DurableConfig } from './consumer-config.js';
import { Deadlines, type Deadline } from './deadlines.js';

/** The server lets bursts run out together: its timer fires this much after the first deadline. */
const timerDelayMs = 1;
/** A delayed nak makes the server look again this much later, so no delay is shorter. */
const lookAfterNakMs = 10;

interface AckWait {
  /** When the wait began. A delayed nak moves it so that the wait ends after the delay. */
  startedMs: number;
  /** When the wait ends. */
  deadline: Deadline;
}

export class AckWaits {
  readonly #config: DurableConfig;
  /** How often a message was delivered again: backoff goes by it. */
  readonly #redeliveriesOf: (sequence: number) => number;
  readonly #waits = new Map<number, AckWait>();
  readonly #deadlines = new Deadlines();
  /** Infinity: not set. */
  #timerMs = Infinity;

  constructor(config: DurableConfig, redeliveriesOf: (sequence: number) => number) {
    this.#config = config;
    this.#redeliveriesOf = redeliveriesOf;
  }

  get size(): number {
    return this.#waits.size;
  }

  isFull(): boolean {
    return this.#waits.size >= this.#config.maxAckPending;
  }

  /** When to look at the deadlines; Infinity if nothing waits. */
  get nextMs(): number {
    return this.#waits.size === 0 ? Infinity : this.#timerMs;
  }

  has(sequence: number): boolean {
    return this.#waits.has(sequence);
  }

  sequences(): Iterable<number> {
    return this.#waits.keys();
  }

  /** A message was delivered, for the first time or again. */
  begin(nowMs: number, sequence: number): void {
    if (this.#waits.size === 0 && this.#timerMs <= nowMs) this.#timerMs = Infinity;
    const wait = this.#waits.get(sequence);
    if (wait === undefined) this.#waits.set(sequence, { startedMs: nowMs, deadline: this.#deadline(sequence, nowMs) });
    else this.#start(wait, sequence, nowMs);
    const { traits, ackWaitMs } = this.#config;
    const timerMs = nowMs + (traits.bringsAckTimerForward ? this.#lengthMs(sequence) : ackWaitMs) + timerDelayMs;
    if (this.#timerMs === Infinity || (traits.bringsAckTimerForward && timerMs < this.#timerMs))
      this.#timerMs = timerMs;
  }

  /** Starts the wait of a message again, if it waits. */
  restart(nowMs: number, sequence: number): void {
    const wait = this.#waits.get(sequence);
    if (wait !== undefined) this.#start(wait, sequence, nowMs);
  }

  /** Lets the wait go on as it is; its length follows a changed number of redeliveries. */
  resume(sequence: number): void {
    const wait = this.#waits.get(sequence);
    if (wait !== undefined) this.#start(wait, sequence, wait.startedMs);
  }

  /** Lets the wait end after a delay. It is reckoned from the first backoff step, whichever step the wait has. */
  delay(nowMs: number, sequence: number, delayMs: number): void {
    this.restart(nowMs - this.#config.ackWaitMs + delayMs, sequence);
    this.#timerMs = nowMs + lookAfterNakMs;
  }

  settle(sequence: number): 'settled' | 'not waiting' {
    const wait = this.#waits.get(sequence);
    if (wait === undefined) return 'not waiting';
    this.#waits.delete(sequence);
    this.#deadlines.cancel(wait.deadline);
    return 'settled';
  }

  /** The messages whose deadline has come, in ascending order. Each is named once. */
  takeDue(nowMs: number): readonly number[] {
    return this.#deadlines.takeDue(nowMs);
  }

  /** Sets the timer for the next look. */
  rearm(nowMs: number): void {
    const nextMs = Math.min(this.#deadlines.earliestMs(), nowMs + this.#longestMs());
    this.#timerMs = this.#waits.size === 0 ? Infinity : nextMs + this.#config.traits.ackTimerSlackMs;
  }

  /** Starts the waits of expired messages over, the first of them now, the others at their distances to it. */
  startOver(nowMs: number, expired: readonly number[]): void {
    const first = expired[0];
    if (first === undefined) return;
    const shiftMs = nowMs - this.#waits.get(first)!.startedMs;
    for (const sequence of expired) {
      const wait = this.#waits.get(sequence)!;
      this.#start(wait, sequence, wait.startedMs + shiftMs);
    }
  }

  #start(wait: AckWait, sequence: number, startedMs: number): void {
    this.#deadlines.cancel(wait.deadline);
    wait.startedMs = startedMs;
    wait.deadline = this.#deadline(sequence, startedMs);
  }

  #deadline(sequence: number, startedMs: number): Deadline {
    return this.#deadlines.add(startedMs + this.#lengthMs(sequence), sequence);
  }

  /** Backoff replaces the ack wait, delivery by delivery. */
  #lengthMs(sequence: number): number {
    const { backoffMs, ackWaitMs } = this.#config;
    return backoffMs.length === 0 ? ackWaitMs : this.#stepMs(this.#redeliveriesOf(sequence));
  }

  #stepMs(redeliveries: number): number {
    const { backoffMs } = this.#config;
    return backoffMs[Math.min(redeliveries, backoffMs.length - 1)]!;
  }

  /** At most this long until the next look, even if no deadline is as near. */
  #longestMs(): number {
    const { backoffMs, ackWaitMs } = this.#config;
    if (backoffMs.length === 0) return ackWaitMs + timerDelayMs;
    let longestMs = this.#stepMs(Infinity);
    for (const sequence of this.#waits.keys()) {
      longestMs = Math.min(longestMs, this.#stepMs(this.#redeliveriesOf(sequence) + 1));
    }
    return longestMs;
  }
}
