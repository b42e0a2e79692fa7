/**
 * The state machine of one durable, a pull consumer, after `server/consumer.go` of nats-server. It holds the backlog of
 * messages that it has not delivered, the messages that wait for an ack, a queue of redeliveries and the pull requests.
 * Every input (a message, a pull, an ack, the end of an ack wait) changes one of these, and then the durable delivers
 * as much as it can: redeliveries first, then new messages while fewer than max_ack_pending wait for an ack.
 *
 * State is always complete before an output is called, so an output may call back.
 */
import { AckWaits } from './ack-waits.js';
import type { ModelDurableState, ModelOutput, PullRequest } from './model-messages.js';
import { Backlog } from './backlog.js';
import type { DurableConfig } from './consumer-config.js';
import { PullRequests } from './pull-requests.js';
import { RedeliveryQueue } from './redelivery-queue.js';
import type { Stream } from './stream.js';

/** Why the durable stopped delivering. */
type Stop = 'no request' | 'end of stream' | 'max ack pending';

export class Durable<T> {
  readonly config: DurableConfig;
  readonly #stream: Stream<T>;
  readonly #output: ModelOutput<T>;

  readonly #backlog = new Backlog();
  readonly #redeliveries = new RedeliveryQueue();
  /** How often each message was delivered again, messages given up included; absent: never. */
  readonly #redelivered = new Map<number, number>();
  readonly #ackWaits: AckWaits;
  readonly #requests: PullRequests;

  /** The stream sequence from which the scan goes on. */
  #scanFrom: number;
  /** When somebody pulled last. */
  #pulledMs: number;
  #nextConsumerSequence = 1;
  #givenUp = 0;
  #isDelivering = false;
  #isSignalled = false;
  /** Which delivery the message taken last is, from 1. */
  #takenCount = 1;

  /** @param nowMs when the durable is created */
  constructor(
    nowMs: number,
    config: DurableConfig,
    stream: Stream<T>,
    output: ModelOutput<T>,
    hasInterest: (inbox: string) => boolean,
  ) {
    this.config = config;
    this.#pulledMs = nowMs;
    this.#stream = stream;
    this.#output = output;
    this.#ackWaits = new AckWaits(config, (sequence) => this.#redelivered.get(sequence) ?? 0);
    this.#requests = new PullRequests(config, output, hasInterest);
    this.#scanFrom = config.startSequence;
    for (let sequence = config.startSequence; sequence <= stream.lastSequence; sequence++) {
      if (config.passes(stream.subjectOf(sequence))) this.#backlog.push(sequence);
    }
  }

  state(): ModelDurableState {
    return {
      pending: this.#backlog.size,
      ackPending: this.#ackWaits.size,
      redelivered: this.#redelivered.size,
      waiting: this.#requests.live,
      givenUp: this.#givenUp,
    };
  }

  /** When {@link advance} has something to do; Infinity if never. */
  nextMs(): number {
    const requestMs = this.#requests.nextMs;
    const ackMs = this.#ackWaits.nextMs;
    const eventMs = requestMs < ackMs ? requestMs : ackMs;
    return this.config.inactiveMs === Infinity ? eventMs : Math.min(eventMs, this.#abandonedMs());
  }

  /** Whether nobody has pulled for so long that the server deletes it. */
  isAbandoned(nowMs: number): boolean {
    return this.config.inactiveMs !== Infinity && this.#abandonedMs() <= nowMs;
  }

  #abandonedMs(): number {
    return this.#requests.live > 0 ? Infinity : this.#pulledMs + this.config.inactiveMs;
  }

  /** Ends all pull requests, because the durable was deleted. */
  end(): void {
    this.#requests.endAll();
  }

  /** Ends the pull requests and the ack waits that are due. */
  advance(nowMs: number): void {
    if (this.#requests.nextMs <= nowMs) {
      this.#requests.expirePin(nowMs);
      this.#requests.sweep(nowMs, true);
      this.deliver(nowMs);
    }
    if (this.#ackWaits.nextMs <= nowMs) this.#lookAtAckWaits(nowMs);
  }

  /** Appends a message that passes the filter. It is delivered by {@link deliver}. */
  stored(sequence: number): void {
    this.#backlog.push(sequence);
  }

  interestDropped(): void {
    this.#requests.interestDropped();
  }

  pull(nowMs: number, request: PullRequest): void {
    this.#pulledMs = nowMs;
    const messages = this.#backlog.size + this.#redeliveries.size;
    if (this.#requests.add(nowMs, request, messages) === 'waits') this.deliver(nowMs);
  }

  ack(nowMs: number, sequence: number): void {
    const wasFull = this.#ackWaits.isFull();
    if (this.config.ackPolicy === 'all') {
      for (const lower of this.#ackWaits.sequences()) if (lower < sequence) this.#settle(lower);
    }
    this.#settle(sequence);
    if (wasFull && !this.#ackWaits.isFull()) this.deliver(nowMs);
  }

  /** With a delay, 0 included, the message is redelivered some milliseconds later; without one at once. */
  nak(nowMs: number, sequence: number, delayMs: number | undefined): void {
    if (!this.#ackWaits.has(sequence)) return;
    if (delayMs === undefined) {
      this.#redeliveries.append(sequence);
      this.deliver(nowMs);
    } else {
      this.#redeliveries.remove(sequence);
      this.#ackWaits.delay(nowMs, sequence, delayMs);
    }
  }

  inProgress(nowMs: number, sequence: number): void {
    this.#ackWaits.restart(nowMs, sequence);
  }

  /** Delivers as much as requests, redeliveries, backlog and max_ack_pending allow. */
  deliver(nowMs: number): void {
    this.#isSignalled = true;
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      while (this.#isSignalled) {
        this.#isSignalled = false;
        const stop = this.#deliverAll(nowMs);
        this.#requests.sweep(nowMs, stop !== 'max ack pending');
      }
    } finally {
      this.#isDelivering = false;
    }
  }

  #deliverAll(nowMs: number): Stop {
    while (this.#requests.size > 0) {
      const sequence = this.#takeNext();
      if (sequence === 0) return this.#ackWaits.isFull() ? 'max ack pending' : 'end of stream';
      const deliveryCount = this.#takenCount;
      const inbox = this.#requests.serveNext(nowMs);
      if (inbox === null) {
        this.#putBack(sequence, deliveryCount);
        return 'no request';
      }
      const consumerSequence = this.#nextConsumerSequence++;
      if (this.config.ackPolicy !== 'none') this.#ackWaits.begin(nowMs, sequence);
      this.#output.deliver(inbox, this.config.name, {
        subject: this.#stream.subjectOf(sequence),
        payload: this.#stream.payloadOf(sequence),
        streamSequence: sequence,
        consumerSequence,
        deliveryCount,
        pending: this.#backlog.size,
        pinId: this.#requests.pinId,
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
      if (this.#ackWaits.settle(sequence) === 'settled') this.#tellGivenUp(sequence);
    }
    if (this.#ackWaits.isFull()) return 0;
    const sequence = this.#backlog.shift();
    this.#takenCount = 1;
    this.#scanFrom = (sequence === 0 ? this.#stream.lastSequence : sequence) + 1;
    return sequence;
  }

  /** Deals with a message that was taken, but for which no live request was found. */
  #putBack(sequence: number, deliveryCount: number): void {
    if (this.config.traits.undelivered === 'rewind') {
      this.#rewind();
      this.#ackWaits.resume(sequence);
    } else if (deliveryCount === 1) {
      this.#rewind();
    } else {
      this.#setRedelivered(sequence, deliveryCount - 2);
      this.#redeliveries.append(sequence);
    }
  }

  /** Steps back by one stream sequence; what is there is delivered next, whether it was delivered before or not. */
  #rewind(): void {
    if (this.#scanFrom === 1) return;
    this.#scanFrom--;
    if (this.config.passes(this.#stream.subjectOf(this.#scanFrom))) this.#backlog.unshift(this.#scanFrom);
  }

  #lookAtAckWaits(nowMs: number): void {
    const due = this.#ackWaits.takeDue(nowMs).filter((sequence) => !this.#redeliveries.has(sequence));
    const exhausted = this.config.traits.givesUpAtAckWait ? due.filter((sequence) => this.#isExhausted(sequence)) : [];
    const expired = exhausted.length === 0 ? due : due.filter((sequence) => !this.#isExhausted(sequence));
    const wasFull = this.#ackWaits.isFull();
    for (const sequence of exhausted) this.#ackWaits.settle(sequence);
    this.#ackWaits.rearm(nowMs);
    this.#ackWaits.startOver(nowMs, expired);
    for (const sequence of expired) this.#redeliveries.append(sequence);
    for (const sequence of exhausted) this.#tellGivenUp(sequence);
    if (expired.length > 0 || (wasFull && exhausted.length > 0)) this.deliver(nowMs);
  }

  #isExhausted(sequence: number): boolean {
    return (this.#redelivered.get(sequence) ?? 0) + 1 >= this.config.maxDeliver;
  }

  #tellGivenUp(sequence: number): void {
    this.#givenUp++;
    this.#output.advisory?.('max-deliver', this.config.name, sequence);
  }

  #settle(sequence: number): void {
    this.#ackWaits.settle(sequence);
    if (this.#redelivered.size > 0) this.#redelivered.delete(sequence);
    if (this.#redeliveries.size > 0) this.#redeliveries.remove(sequence);
  }

  #setRedelivered(sequence: number, redeliveries: number): void {
    if (redeliveries > 0) this.#redelivered.set(sequence, redeliveries);
    else this.#redelivered.delete(sequence);
  }
}
