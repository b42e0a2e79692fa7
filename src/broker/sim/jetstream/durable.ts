/**
 * The state machine of one durable, a pull consumer, after `server/consumer.go` of nats-server. It holds the backlog of
 * messages that it has not delivered, the messages that wait for an ack, a queue of redeliveries and the pull requests.
 * Every input (a message, a pull, an ack, the end of an ack wait) changes one of these, and then the durable delivers
 * as much as it can: redeliveries first, then new messages while fewer than max_ack_pending wait for an ack.
 *
 * State is always complete before an output is called, so an output may call back.
 */
import { AckFloors, type DeliveryPlace } from './ack-floor.js';
import { AckWaits } from './ack-waits.js';
import type { ModelDurableState, ModelOutput, PullRequest } from './model-messages.js';
import { Backlog } from './backlog.js';
import type { DurableConfig } from './consumer-config.js';
import { PullRequests } from './pull-requests.js';
import { RedeliveryCounts } from './redelivery-counts.js';
import { RedeliveryQueue } from './redelivery-queue.js';
import type { Stream } from './stream.js';

export class Durable<T> {
  readonly config: DurableConfig;
  readonly #stream: Stream<T>;
  readonly #output: ModelOutput<T>;

  readonly #backlog = new Backlog();
  readonly #redeliveries = new RedeliveryQueue();
  readonly #redelivered: RedeliveryCounts;
  readonly #ackWaits: AckWaits;
  readonly #requests: PullRequests;
  readonly #ackFloors: AckFloors;

  /** The stream sequence from which the scan goes on. */
  #scanFrom: number;
  /** When somebody pulled last. */
  #pulledMs: number;
  #nextConsumerSequence = 1;
  /** The highest stream sequence delivered. */
  #deliveredStream: number;
  #givenUp = 0;
  #isDelivering = false;
  #isSignalled = false;
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
    this.#redelivered = new RedeliveryCounts(config);
    this.#ackWaits = new AckWaits(config, (sequence) => this.#redelivered.of(sequence));
    const next = stream.lastSequence + 1;
    const start = config.traits.beginsBeyondEnd ? config.startSequence : Math.min(config.startSequence, next);
    this.#ackFloors = new AckFloors(start, this.#ackWaits);
    this.#requests = new PullRequests(config, output, hasInterest);
    this.#scanFrom = start;
    this.#deliveredStream = start - 1;
    for (let sequence = start; sequence <= stream.lastSequence; sequence++) {
      if (config.passes(stream.subjectOf(sequence))) this.#backlog.push(sequence);
    }
  }

  state(): ModelDurableState {
    return {
      pending: this.#backlog.pending,
      ackPending: this.#ackWaits.size,
      redelivered: this.#redelivered.told,
      delivered: this.#delivered,
      ackFloor: this.#ackFloors.told,
      waiting: this.#requests.live,
      givenUp: this.#givenUp,
    };
  }

  /** What is done as the state is asked for: requests are looked through, and what is pending is bounded anew. */
  lookThrough(nowMs: number): void {
    this.#requests.sweep(nowMs, false);
    this.#backlog.boundPending(Math.max(0, this.#stream.lastSequence - this.#scanFrom + 1));
  }

  /** The last delivery, as it is told: where there was none, how far was looked for one. */
  get #delivered(): DeliveryPlace {
    const consumer = this.#nextConsumerSequence - 1;
    const isNew = consumer === 0 && this.#deliveredStream === 0;
    return { consumer, stream: isNew ? this.#scanFrom - 1 : this.#deliveredStream };
  }

  /** How far it has delivered, or looked for what to deliver. */
  get #reached(): DeliveryPlace {
    return { consumer: this.#nextConsumerSequence - 1, stream: this.#scanFrom - 1 };
  }

  /** When {@link advance} has something to do; Infinity if never. */
  nextMs(): number {
    const eventMs = Math.min(this.#requests.nextMs, this.#ackWaits.nextMs);
    return this.config.inactiveMs === Infinity ? eventMs : Math.min(eventMs, this.#abandonedMs());
  }

  /** Whether nobody has pulled for so long that the server deletes it. */
  isAbandoned(nowMs: number): boolean {
    return this.config.inactiveMs !== Infinity && this.#abandonedMs() <= nowMs;
  }

  #abandonedMs(): number {
    return this.#requests.live > 0 ? Infinity : this.#pulledMs + this.config.inactiveMs;
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

  /** Appends a message that passes the filter, to be delivered by {@link deliver}; false if it lies below the start. */
  stored(sequence: number): boolean {
    return this.#backlog.take(sequence, this.#scanFrom);
  }

  interestDropped(): void {
    this.#requests.interestDropped();
  }

  /** Ends all pull requests, because the durable was deleted. */
  end(): void {
    this.#requests.endAll();
  }

  pull(nowMs: number, request: PullRequest): void {
    this.#pulledMs = nowMs;
    const answer = this.#requests.add(nowMs, request, this.#backlog.pending + this.#redeliveries.size);
    if (answer === 'waits') this.deliver(nowMs);
  }

  /** @param consumerSequence of the delivery that it is for; absent: of the first */
  ack(nowMs: number, sequence: number, consumerSequence = this.#ackWaits.firstDeliveryOf(sequence)): void {
    if (sequence >= this.#scanFrom) return;
    const wasFull = this.#ackWaits.isFull();
    if (this.config.ackPolicy === 'all') this.#ackAll(sequence, consumerSequence);
    else this.#ackOne(sequence);
    if (wasFull && !this.#ackWaits.isFull()) this.deliver(nowMs);
  }

  #ackOne(sequence: number): void {
    const first = this.#ackWaits.firstDeliveryOf(sequence);
    this.#settle(sequence);
    if (first > 0) this.#ackFloors.acked({ consumer: first, stream: sequence }, this.#reached, this.#delivered);
  }

  /** An ack of a delivery behind the floor does nothing, though the message may have been delivered again since. */
  #ackAll(sequence: number, consumerSequence: number): void {
    if (!this.#ackFloors.ackAll({ consumer: consumerSequence, stream: sequence })) return;
    for (const waiting of this.#ackWaits.sequences()) if (waiting <= sequence) this.#settle(waiting);
  }

  /** With a delay, 0 included, the message is redelivered some milliseconds later; without one at once. */
  nak(nowMs: number, sequence: number, delayMs: number | undefined, consumerSequence = Infinity): void {
    if (!this.#ackWaits.has(sequence) || this.#ackFloors.isPassed(consumerSequence)) return;
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

  /** @returns why it stopped */
  #deliverAll(nowMs: number): 'no request' | 'end of stream' | 'max ack pending' {
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
      if (sequence > this.#deliveredStream) this.#deliveredStream = sequence;
      if (this.config.ackPolicy === 'none') this.#ackFloors.delivered(this.#delivered);
      else this.#ackWaits.begin(nowMs, sequence, consumerSequence);
      this.#output.deliver(inbox, this.config.name, {
        subject: this.#stream.subjectOf(sequence),
        payload: this.#stream.payloadOf(sequence),
        streamSequence: sequence,
        consumerSequence,
        deliveryCount,
        pending: this.#backlog.pending,
        pinId: this.#requests.pinId,
      });
    }
    return 'no request';
  }

  /** The message to deliver next, which delivery it is in `#takenCount` (from 1); 0 if there is none, or none that may go out. */
  #takeNext(): number {
    for (let sequence = this.#redeliveries.shift(); sequence !== 0; sequence = this.#redeliveries.shift()) {
      this.#takenCount = this.#redelivered.raise(sequence);
      if (this.#takenCount <= this.config.maxDeliver) return sequence;
      if (this.#takenCount === this.config.maxDeliver + 1) this.#tellGivenUp(sequence);
      this.#leave(sequence);
    }
    if (this.#ackWaits.isFull()) return 0;
    const sequence = this.#backlog.shift();
    this.#takenCount = 1;
    this.#scanFrom = Math.max(this.#scanFrom, (sequence === 0 ? this.#stream.lastSequence : sequence) + 1);
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
      this.#redelivered.set(sequence, deliveryCount - 2);
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
    const exhausted = due.filter((sequence) => this.#givesUpWithAckWait(sequence));
    const expired = due.filter((sequence) => !this.#givesUpWithAckWait(sequence));
    const wasFull = this.#ackWaits.isFull();
    for (const sequence of exhausted) this.#giveUp(sequence);
    if (this.#ackWaits.size === 0) this.#ackFloors.reach(this.#reached);
    this.#ackWaits.rearm(nowMs);
    this.#ackWaits.startOver(nowMs, expired);
    for (const sequence of expired) this.#redeliveries.append(sequence);
    if (expired.length > 0 || (wasFull && exhausted.length > 0)) this.deliver(nowMs);
  }

  #givesUpWithAckWait(sequence: number): boolean {
    return this.config.traits.givesUpAtAckWait && this.#redelivered.endsWithAckWait(sequence);
  }

  #giveUp(sequence: number): void {
    this.#redelivered.keep(sequence);
    this.#leave(sequence);
    this.#tellGivenUp(sequence);
  }

  /** A message that was given up no longer waits for an ack. */
  #leave(sequence: number): void {
    const first = this.#ackWaits.firstDeliveryOf(sequence);
    if (this.#ackWaits.settle(sequence) === 'settled')
      this.#ackFloors.gaveUp({ consumer: first, stream: sequence }, this.#reached);
  }

  #tellGivenUp(sequence: number): void {
    this.#givenUp++;
    this.#output.advisory?.('max-deliver', this.config.name, sequence);
  }

  #settle(sequence: number): void {
    this.#ackWaits.settle(sequence);
    this.#redelivered.forget(sequence);
    if (this.#redeliveries.size > 0) this.#redeliveries.remove(sequence);
  }
}
