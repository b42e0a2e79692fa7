/**
 * Keeps the messages that wait for an ack, and when the ack wait of each ends. Every message has a deadline, and the
 * durable has one timer at which it checks all of them, as the server does: ack waits that are over at the same check
 * end together. The timer is not simply the earliest deadline: it is a little late by design, and how it is set again
 * differs by release.
 */
import type { DurableConfig } from './consumer-config.js';
import { Deadlines, type Deadline } from './deadlines.js';

/** The timer fires this much after the first deadline, so that the ack waits of a burst end together. */
const timerDelayMs = 1;
/** A delayed nak makes the server check again this much later, so no delay is shorter. */
const lookAfterNakMs = 10;

interface AckWait {
  /** Consumer sequence of the message's first delivery. */
  readonly firstDelivery: number;
  /** When the wait began. A delayed nak moves it so that the wait ends after the delay. */
  startedMs: number;
  /** When the wait ends. */
  deadline: Deadline;
}

export class AckWaits {
  readonly #config: DurableConfig;
  /** How often a message was delivered again, which chooses its backoff step. */
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

  /** When to check the deadlines; Infinity if no message waits. */
  get nextMs(): number {
    return this.#waits.size === 0 ? Infinity : this.#timerMs;
  }

  has(sequence: number): boolean {
    return this.#waits.has(sequence);
  }

  /** Consumer sequence of the first delivery of a message that waits; 0 if it does not. */
  firstDeliveryOf(sequence: number): number {
    return this.#waits.get(sequence)?.firstDelivery ?? 0;
  }

  sequences(): Iterable<number> {
    return this.#waits.keys();
  }

  /** A message was delivered, for the first time or again. */
  begin(nowMs: number, sequence: number, consumerSequence: number): void {
    if (this.#waits.size === 0 && this.#timerMs <= nowMs) this.#timerMs = Infinity;
    const wait = this.#waits.get(sequence);
    if (wait === undefined) {
      const deadline = this.#deadline(sequence, nowMs);
      this.#waits.set(sequence, { firstDelivery: consumerSequence, startedMs: nowMs, deadline });
    } else this.#start(wait, sequence, nowMs);
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

  /** Lets the wait end after a delay. The delay counts from the first backoff step, whichever step the wait has. */
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

  /** Sets the timer for the next check. */
  rearm(nowMs: number): void {
    const nextMs = Math.min(this.#deadlines.earliestMs(), nowMs + this.#longestMs());
    this.#timerMs = this.#waits.size === 0 ? Infinity : nextMs + this.#config.traits.ackTimerSlackMs;
  }

  /** Restarts the waits of expired messages: the first begins now, the others as long after it as before. */
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

  /** Length of a message's ack wait: the backoff step of its delivery, if there are any. */
  #lengthMs(sequence: number): number {
    const { backoffMs, ackWaitMs } = this.#config;
    return backoffMs.length === 0 ? ackWaitMs : this.#stepMs(this.#redeliveriesOf(sequence));
  }

  #stepMs(redeliveries: number): number {
    const { backoffMs } = this.#config;
    return backoffMs[Math.min(redeliveries, backoffMs.length - 1)]!;
  }

  /** The longest time until the next check, even if no deadline comes before. */
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
