/**
 * What does one pull consumer do? The state machine of one durable, after `server/consumer.go`: it holds a backlog of
 * messages that it has not delivered, those that wait for an ack, a queue of redeliveries and a queue of pull requests.
 * Whatever comes in (a message, a pull, an ack, the end of an ack wait) changes one of these and then lets the durable
 * deliver as much as it can: redeliveries first, then new messages while fewer than max_ack_pending wait for an ack.
 */
import { AckDeadlines } from './jetstream-ack-deadlines.js';
import { Backlog } from './jetstream-backlog.js';
import type { DurableConfig } from './jetstream-config.js';
import type { ModelOutput, PullRequest } from './jetstream-model.js';
import { RedeliveryQueue } from './jetstream-redelivery-queue.js';
import type { Stream } from './jetstream-stream.js';
import { WaitQueue, type WaitingRequest } from './jetstream-wait-queue.js';

/** The server lets bursts run out together: its ack timer fires this much after the first deadline. */
const ackTimerDelayMs = 1;
/** A delayed nak makes the server look at its ack waits again this much later, so no delay is shorter. */
const nakCheckMs = 10;

interface Unacked {
  /** When the ack wait began. A delayed nak moves it so that the wait ends after the delay. */
  startedMs: number;
  deadlineMs: number;
}

/** How a request stands when requests are looked through. */
type RequestEnd = 'goes on' | 'dead' | 'expired' | 'end of stream';

/** Why the durable stopped delivering. */
type Stop = 'no request' | 'end of stream' | 'max ack pending';

export class Durable<T> {
  readonly config: DurableConfig;
  readonly #stream: Stream<T>;
  readonly #output: ModelOutput<T>;
  readonly #hasInterest: (inbox: string) => boolean;

  readonly #backlog = new Backlog();
  readonly #unacked = new Map<number, Unacked>();
  readonly #deadlines = new AckDeadlines((sequence) => this.#unacked.get(sequence)?.deadlineMs);
  readonly #redeliveries = new RedeliveryQueue();
  /** Redeliveries of each message so far, given up ones included; absent: none. */
  readonly #redelivered = new Map<number, number>();
  readonly #requests: WaitQueue;

  /** The stream sequence from which the scan goes on. */
  #scanFrom = 1;
  #nextConsumerSequence = 1;
  #givenUp = 0;
  /** When ack waits are looked at next; Infinity: not set. */
  #ackTimerMs = Infinity;
  #lastSweepMs = -Infinity;
  /** Whether a request may wait whose inbox nobody listens to. */
  #mayHoldDead = false;
  #delivering = false;
  #signalled = false;
  /** Which delivery the message taken last is, from 1. */
  #takenCount = 1;

  constructor(
    config: DurableConfig,
    stream: Stream<T>,
    output: ModelOutput<T>,
    hasInterest: (inbox: string) => boolean,
  ) {
    this.config = config;
    this.#stream = stream;
    this.#output = output;
    this.#hasInterest = hasInterest;
    this.#requests = new WaitQueue(config.maxWaiting);
    for (let sequence = 1; sequence <= stream.lastSequence; sequence++) {
      if (config.passes(stream.subjectOf(sequence))) this.#backlog.push(sequence);
    }
  }

  state(): { pending: number; ackPending: number; redelivered: number; waiting: number; givenUp: number } {
    return {
      pending: this.#backlog.size,
      ackPending: this.#unacked.size,
      redelivered: this.#redelivered.size,
      waiting: this.#requests.count((request) => this.#hasInterest(request.inbox)),
      givenUp: this.#givenUp,
    };
  }

  /** When {@link advance} has something to do; Infinity if never. */
  nextMs(): number {
    const requestMs = this.#requests.earliestExpiryMs;
    const ackMs = this.#unacked.size === 0 ? Infinity : this.#ackTimerMs;
    return requestMs < ackMs ? requestMs : ackMs;
  }

  /** Ends the pull requests and the ack waits that are due. */
  advance(nowMs: number): void {
    if (this.#requests.earliestExpiryMs <= nowMs) {
      this.#sweepRequests(nowMs, true);
      this.deliver(nowMs);
    }
    if (this.#unacked.size > 0 && this.#ackTimerMs <= nowMs) this.#checkAckWaits(nowMs);
  }

  /** Appends a message that passes the filter. It is delivered by {@link deliver}. */
  stored(sequence: number): void {
    this.#backlog.push(sequence);
  }

  /** The interest of some inbox was dropped. */
  mayHoldDead(): void {
    this.#mayHoldDead = true;
  }

  pull(nowMs: number, request: PullRequest): void {
    if (this.#requests.isFull && nowMs - this.#lastSweepMs >= this.config.traits.fullQueueSweepMs) {
      this.#sweepRequests(nowMs, false);
    }
    if (request.noWait && !this.#admitsNoWait(nowMs, request)) return;
    if (this.#requests.isFull) {
      this.#endRequest(request.inbox, 409, 'Exceeded MaxWaiting');
      return;
    }
    if (!this.#hasInterest(request.inbox)) this.#mayHoldDead = true;
    const expiresAtMs = request.expiresMs === null ? Infinity : nowMs + request.expiresMs;
    this.#requests.add(request.inbox, request.batch, expiresAtMs, request.noWait);
    this.deliver(nowMs);
  }

  ack(nowMs: number, sequence: number): void {
    const wasFull = this.#isFull();
    if (this.config.ackPolicy === 'all') {
      for (const lower of this.#unacked.keys()) if (lower < sequence) this.#settle(lower);
    }
    this.#settle(sequence);
    if (wasFull && !this.#isFull()) this.deliver(nowMs);
  }

  /** A delay of 0 is a delay too: the server looks at it some milliseconds later. */
  nak(nowMs: number, sequence: number, delayMs: number | undefined): void {
    const unacked = this.#unacked.get(sequence);
    if (unacked === undefined) return;
    if (delayMs === undefined) {
      this.#redeliveries.append(sequence);
      this.deliver(nowMs);
      return;
    }
    this.#redeliveries.remove(sequence);
    this.#startAckWait(unacked, sequence, nowMs - this.config.ackWaitMs + delayMs);
    this.#ackTimerMs = nowMs + nakCheckMs;
  }

  inProgress(nowMs: number, sequence: number): void {
    const unacked = this.#unacked.get(sequence);
    if (unacked !== undefined) this.#startAckWait(unacked, sequence, nowMs);
  }

  /** Delivers as much as requests, redeliveries, backlog and max_ack_pending allow. */
  deliver(nowMs: number): void {
    this.#signalled = true;
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (this.#signalled) {
        this.#signalled = false;
        const stop = this.#deliverAll(nowMs);
        this.#sweepRequests(nowMs, stop !== 'max ack pending');
      }
    } finally {
      this.#delivering = false;
    }
  }

  #deliverAll(nowMs: number): Stop {
    while (this.#requests.size > 0) {
      const sequence = this.#takeNext();
      if (sequence === 0) return this.#isFull() ? 'max ack pending' : 'end of stream';
      const count = this.#takenCount;
      const inbox = this.#serveNextRequest();
      if (inbox === null) {
        this.#putBack(sequence, count);
        return 'no request';
      }
      const consumerSequence = this.#nextConsumerSequence++;
      this.#track(nowMs, sequence);
      this.#output.deliver(inbox, this.config.name, {
        subject: this.#stream.subjectOf(sequence),
        payload: this.#stream.payloadOf(sequence),
        streamSequence: sequence,
        consumerSequence,
        deliveryCount: count,
        pending: this.#backlog.size,
      });
    }
    return 'no request';
  }

  /** The message to deliver next, its delivery count in `#takenCount`; 0 if there is none, or none that may go out. */
  #takeNext(): number {
    for (let sequence = this.#redeliveries.shift(); sequence !== 0; sequence = this.#redeliveries.shift()) {
      const redeliveries = (this.#redelivered.get(sequence) ?? 0) + 1;
      this.#redelivered.set(sequence, redeliveries);
      this.#takenCount = redeliveries + 1;
      if (this.#takenCount <= this.config.maxDeliver) return sequence;
      if (this.#unacked.delete(sequence)) this.#tellGivenUp(sequence);
    }
    if (this.#isFull()) return 0;
    const sequence = this.#backlog.shift();
    this.#takenCount = 1;
    this.#scanFrom = (sequence === 0 ? this.#stream.lastSequence : sequence) + 1;
    return sequence;
  }

  /** Counts a message for the first request that somebody still listens to, and returns its inbox; null: none. */
  #serveNextRequest(): string | null {
    for (let request = this.#requests.head; request !== null; request = this.#requests.head) {
      if (!this.#mayHoldDead || this.#hasInterest(request.inbox)) {
        const { inbox } = request;
        this.#requests.serveHead();
        return inbox;
      }
      this.#requests.dropHead();
    }
    return null;
  }

  /** Deals with a message that was taken, but for which no live request was found. */
  #putBack(sequence: number, count: number): void {
    if (this.config.traits.undelivered === 'rewind') {
      this.#rewind();
      const unacked = this.#unacked.get(sequence);
      if (unacked !== undefined) this.#startAckWait(unacked, sequence, unacked.startedMs);
    } else if (count === 1) {
      this.#scanFrom--;
      this.#backlog.unshift(sequence);
    } else {
      this.#setRedeliveries(sequence, count - 2);
      this.#redeliveries.append(sequence);
    }
  }

  #rewind(): void {
    if (this.#scanFrom === 1) return;
    this.#scanFrom--;
    if (this.config.passes(this.#stream.subjectOf(this.#scanFrom))) this.#backlog.unshift(this.#scanFrom);
  }

  #track(nowMs: number, sequence: number): void {
    if (this.#unacked.size === 0 && this.#ackTimerMs <= nowMs) this.#ackTimerMs = Infinity;
    let unacked = this.#unacked.get(sequence);
    if (unacked === undefined) {
      unacked = { startedMs: nowMs, deadlineMs: 0 };
      this.#unacked.set(sequence, unacked);
    }
    this.#startAckWait(unacked, sequence, nowMs);
    const { traits, ackWaitMs } = this.config;
    const waitMs = traits.bringsAckTimerForward ? this.#ackWaitMs(sequence) : ackWaitMs;
    const timerMs = nowMs + waitMs + ackTimerDelayMs;
    if (this.#ackTimerMs === Infinity || (traits.bringsAckTimerForward && timerMs < this.#ackTimerMs)) {
      this.#ackTimerMs = timerMs;
    }
  }

  #startAckWait(unacked: Unacked, sequence: number, startedMs: number): void {
    unacked.startedMs = startedMs;
    unacked.deadlineMs = startedMs + this.#ackWaitMs(sequence);
    this.#deadlines.add(unacked.deadlineMs, sequence, this.#unacked.size);
  }

  /** How long the delivery under way may take: backoff replaces the ack wait per attempt. */
  #ackWaitMs(sequence: number): number {
    const { backoffMs, ackWaitMs } = this.config;
    if (backoffMs.length === 0) return ackWaitMs;
    const redeliveries = this.#redelivered.get(sequence) ?? 0;
    return backoffMs[Math.min(redeliveries, backoffMs.length - 1)]!;
  }

  #checkAckWaits(nowMs: number): void {
    const due = this.#deadlines.takeDue(nowMs).filter((sequence) => !this.#redeliveries.has(sequence));
    const givesUp = this.config.traits.givesUpAtAckWait;
    const exhausted = givesUp ? due.filter((sequence) => this.#isExhausted(sequence)) : [];
    const expired = givesUp ? due.filter((sequence) => !this.#isExhausted(sequence)) : due;
    const wasFull = this.#isFull();
    for (const sequence of exhausted) this.#unacked.delete(sequence);
    this.#ackTimerMs = this.#nextCheckMs(nowMs);
    this.#queueExpired(nowMs, expired);
    for (const sequence of exhausted) this.#tellGivenUp(sequence);
    if (expired.length > 0 || (wasFull && exhausted.length > 0)) this.deliver(nowMs);
  }

  /** Appends what has expired, lowest sequence first, and starts the ack waits again, keeping their distances. */
  #queueExpired(nowMs: number, expired: readonly number[]): void {
    const first = expired[0];
    if (first === undefined) return;
    const shiftMs = nowMs - this.#unacked.get(first)!.startedMs;
    for (const sequence of expired) {
      const unacked = this.#unacked.get(sequence)!;
      this.#redeliveries.append(sequence);
      this.#startAckWait(unacked, sequence, unacked.startedMs + shiftMs);
    }
  }

  #nextCheckMs(nowMs: number): number {
    if (this.#unacked.size === 0) return Infinity;
    const nextMs = Math.min(this.#deadlines.earliestMs(), nowMs + this.#longestCheckMs());
    return nextMs + this.config.traits.ackTimerSlackMs;
  }

  /** At most this long until the next check, even if no deadline is as near. */
  #longestCheckMs(): number {
    const { backoffMs, ackWaitMs } = this.config;
    if (backoffMs.length === 0) return ackWaitMs + ackTimerDelayMs;
    let longestMs = backoffMs[backoffMs.length - 1]!;
    for (const sequence of this.#unacked.keys()) {
      const redeliveries = this.#redelivered.get(sequence) ?? 0;
      longestMs = Math.min(longestMs, backoffMs[Math.min(redeliveries + 1, backoffMs.length - 1)]!);
    }
    return longestMs;
  }

  #isExhausted(sequence: number): boolean {
    return (this.#redelivered.get(sequence) ?? 0) + 1 >= this.config.maxDeliver;
  }

  #tellGivenUp(sequence: number): void {
    this.#givenUp++;
    this.#output.advisory?.('max-deliver', this.config.name, sequence);
  }

  #settle(sequence: number): void {
    this.#unacked.delete(sequence);
    if (this.#redelivered.size > 0) this.#redelivered.delete(sequence);
    if (this.#redeliveries.size > 0) this.#redeliveries.remove(sequence);
  }

  #setRedeliveries(sequence: number, redeliveries: number): void {
    if (redeliveries > 0) this.#redelivered.set(sequence, redeliveries);
    else this.#redelivered.delete(sequence);
  }

  #isFull(): boolean {
    return this.#unacked.size >= this.config.maxAckPending;
  }

  /** Answers a `no_wait` request for which there is nothing, or nothing that earlier requests leave over. */
  #admitsNoWait(nowMs: number, request: PullRequest): boolean {
    const messages = this.#backlog.size + this.#redeliveries.size;
    if (messages === 0 && request.expiresMs === null) {
      this.#endRequest(request.inbox, 404, 'No Messages');
      return false;
    }
    if (messages === 0) return true;
    this.#sweepRequests(nowMs, false);
    if (messages >= this.#requests.wanted()) return true;
    this.#endRequest(request.inbox, 408, 'Requests Pending');
    return false;
  }

  /** Ends requests that have expired, that nobody listens to and, at the end of the stream, `no_wait` ones. */
  #sweepRequests(nowMs: number, endOfStream: boolean): void {
    const requests = this.#requests;
    if (requests.size === 0) return;
    this.#lastSweepMs = nowMs;
    const nothingEnds =
      !(endOfStream && requests.noWait > 0) && requests.earliestExpiryMs > nowMs && !this.#mayHoldDead;
    if (nothingEnds) return;
    const ended = requests.sweep((request) => this.#endOf(request, nowMs, endOfStream) !== 'goes on');
    this.#mayHoldDead = false;
    for (const request of ended) this.#tellEnd(request, this.#endOf(request, nowMs, endOfStream));
  }

  #endOf(request: WaitingRequest, nowMs: number, endOfStream: boolean): RequestEnd {
    if (!this.#hasInterest(request.inbox)) return 'dead';
    if (request.expiresAtMs <= nowMs) return 'expired';
    const { endsEmptyNoWait } = this.config.traits;
    const isServed = request.got > 0 || (endsEmptyNoWait && request.expiresAtMs === Infinity);
    return endOfStream && request.noWait && isServed ? 'end of stream' : 'goes on';
  }

  #tellEnd(request: WaitingRequest, end: RequestEnd): void {
    const { code, description } = this.config.traits.endOfStream;
    if (end === 'expired') this.#endRequest(request.inbox, 408, 'Request Timeout');
    if (end === 'end of stream') this.#endRequest(request.inbox, code, description);
  }

  #endRequest(inbox: string, code: 404 | 408 | 409, description: string): void {
    if (this.#hasInterest(inbox)) this.#output.status(inbox, code, description);
  }
}
