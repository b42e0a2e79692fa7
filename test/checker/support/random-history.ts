/**
 * What can happen to events on a bus, good and bad? A history is made by a small bus that is legal (an event is
 * published before it is stored, stored before it is delivered, delivered before it starts, …) and otherwise as unruly
 * as its decisions make it. Decisions are a list of numbers, so that fast-check can shrink a history.
 */
import * as fc from 'fast-check';
import type { Attempt, Delivery, PublishedEvent } from '../../../src/domain/observation.js';
import type { Call } from './calls.js';

export interface Shape {
  readonly topics: number;
  readonly aggregates: number;
  readonly subscriptions: number;
  /** 1 on JetStream. */
  readonly partitions: number;
  /** Kafka-like: the broker does not count deliveries. */
  readonly countsDeliveries: boolean;
  /** An aggregate's events go to any topic, not only its own. */
  readonly isSpread: boolean;
  /** A foreign trace has no publish calls at all. */
  readonly hasPublishCalls: boolean;
  /** A foreign trace may begin where handlers start. */
  readonly hasDeliverCalls: boolean;
  /** Every how many deliveries lack each of publish stamp, position, partition; 0: none. */
  readonly missingEvery: number;
  /** How much rarer everything out of turn is than in the most unruly histories. */
  readonly calmness: number;
}

export const shapes: fc.Arbitrary<Shape> = fc.record({
  topics: fc.integer({ min: 1, max: 3 }),
  aggregates: fc.integer({ min: 1, max: 2 }),
  subscriptions: fc.integer({ min: 1, max: 3 }),
  partitions: fc.integer({ min: 1, max: 3 }),
  countsDeliveries: fc.boolean(),
  isSpread: fc.boolean(),
  hasPublishCalls: mostly(true),
  hasDeliverCalls: mostly(true),
  missingEvery: fc.constantFrom(0, 0, 0, 2, 7),
  calmness: fc.constantFrom(1, 1, 4, 30, 1000),
});

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 15 }).map((n) => (n === 15 ? !value : value));
}

/** Enough decisions for some dozens of events to pass. */
export const decisionLists: fc.Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 0xffff }), {
  minLength: 20,
  maxLength: 400,
  size: 'max',
});

export function randomHistory(shape: Shape, decisions: readonly number[]): readonly Call[] {
  return new UnrulyBus(shape, decisions).run();
}

interface PublishCall {
  readonly event: PublishedEvent;
  settled: boolean;
  stored: Message | null;
  readonly hasResult: boolean;
}

interface Message {
  readonly event: PublishedEvent;
  readonly partition: number;
  readonly position: number;
  deliveries: number;
}

class UnrulyBus {
  readonly #shape: Shape;
  readonly #decisions: readonly number[];
  #taken = 0;
  #stamp = 0;
  #deliveryId = 0;
  readonly #calls: Call[] = [];
  /** By aggregate: versions assigned and not sent so far. */
  readonly #assigned: number[][];
  readonly #nextVersion: number[];
  readonly #sent: PublishCall[] = [];
  readonly #messages: Message[] = [];
  readonly #logEnds: number[];
  readonly #delivered: Delivery[] = [];
  readonly #running: Attempt[] = [];
  readonly #failed: Attempt[] = [];

  constructor(shape: Shape, decisions: readonly number[]) {
    this.#shape = shape;
    this.#decisions = decisions;
    this.#assigned = Array.from({ length: shape.aggregates }, () => []);
    this.#nextVersion = Array.from({ length: shape.aggregates }, () => 1);
    this.#logEnds = Array.from({ length: shape.partitions }, () => 0);
  }

  run(): readonly Call[] {
    const steps: readonly (readonly [weight: number, step: () => void])[] = [
      [6, () => this.#publish()],
      [1, () => this.#publishAgain()],
      [6, () => this.#store()],
      [6, () => this.#settle()],
      [6, () => this.#deliverNext()],
      [2, () => this.#deliverAny()],
      [1, () => this.#deliverTwice()],
      [1, () => this.#deliverPhantom()],
      [10, () => this.#startOrSubmit()],
      [8, () => this.#finish()],
      [1, () => this.#retry()],
    ];
    const weighted = steps.flatMap(([weight, step]) => Array.from({ length: weight }, () => step));
    while (this.#taken < this.#decisions.length) this.#pick(weighted)();
    return this.#calls;
  }

  #below(limit: number): number {
    const decision = this.#decisions[this.#taken++] ?? 0;
    return decision % limit;
  }

  /** True once in so many times, or more rarely in a calm history. */
  #unruly(oneIn: number): boolean {
    return this.#below(oneIn * this.#shape.calmness) === 0;
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  #take<T>(items: T[], index: number): T {
    return items.splice(index, 1)[0]!;
  }

  #next(): number {
    return ++this.#stamp;
  }

  #publish(): void {
    const aggregate = this.#below(this.#shape.aggregates);
    const assigned = this.#assigned[aggregate]!;
    assigned.push(this.#nextVersion[aggregate]!++);
    if (assigned.length < 3 && this.#unruly(6)) return;
    const version = this.#take(assigned, this.#unruly(3) ? this.#below(assigned.length) : 0);
    const home = aggregate % this.#shape.topics;
    const topic = this.#shape.isSpread ? this.#below(this.#shape.topics) : home;
    this.#send({ aggregate, topic, version, publisher: this.#below(2), publishStamp: 0, publishedAtMs: 0 });
  }

  #publishAgain(): void {
    if (this.#sent.length > 0 && this.#unruly(1)) this.#send(this.#pick(this.#sent).event);
  }

  #send(draft: PublishedEvent): void {
    const event = { ...draft, publishStamp: this.#shape.hasPublishCalls ? this.#next() : 0 };
    if (this.#shape.hasPublishCalls) this.#calls.push({ kind: 'publish', event });
    this.#sent.push({ event, settled: false, stored: null, hasResult: !this.#unruly(12) });
  }

  /** Mostly in the order sent, sometimes not, rarely never. */
  #store(): void {
    const waiting = this.#sent.filter(({ stored, settled }) => stored === null && !settled);
    const call = waiting[this.#unruly(4) ? this.#below(waiting.length || 1) : 0];
    if (call === undefined || this.#unruly(40)) return;
    const key = call.event.aggregate % this.#shape.partitions;
    const partition = this.#unruly(5) ? this.#below(this.#shape.partitions) : key;
    const position = ++this.#logEnds[partition]!;
    call.stored = { event: call.event, partition, position, deliveries: 0 };
    this.#messages.push(call.stored);
  }

  #settle(): void {
    const waiting = this.#sent.filter((call) => !call.settled && call.hasResult);
    const call = waiting[this.#unruly(2) ? this.#below(waiting.length || 1) : 0];
    if (call === undefined) return;
    const fails = this.#unruly(10);
    if (call.stored === null && !fails) return;
    call.settled = true;
    if (!this.#shape.hasPublishCalls) return;
    const isPlaced = !fails && call.stored !== null && this.#below(2) === 0;
    this.#calls.push({
      kind: 'publishResult',
      event: call.event,
      result: {
        stamp: this.#next(),
        atMs: 0,
        ok: !fails,
        partition: isPlaced ? call.stored!.partition : -1,
        position: isPlaced ? call.stored!.position : 0,
        duplicate: false,
        error: fails ? 'timeout' : null,
      },
    });
  }

  #deliverNext(): void {
    const fresh = this.#messages.filter(({ deliveries }) => deliveries === 0);
    const message = fresh[this.#unruly(5) ? this.#below(fresh.length || 1) : 0];
    if (message !== undefined) this.#deliver(message);
  }

  #deliverAny(): void {
    if (this.#messages.length > 0 && this.#unruly(1)) this.#deliver(this.#pick(this.#messages));
  }

  /** As when what was fetched waits for longer than the ack wait. */
  #deliverTwice(): void {
    const message = this.#messages.find(({ deliveries }) => deliveries === 0);
    if (message === undefined || !this.#unruly(1)) return;
    this.#deliver(message);
    this.#deliver(message);
  }

  /** A version that is published neither before nor after. */
  #deliverPhantom(): void {
    if (!this.#unruly(4)) return;
    const aggregate = this.#below(this.#shape.aggregates);
    const topic = this.#shape.isSpread ? this.#below(this.#shape.topics) : aggregate % this.#shape.topics;
    this.#nextVersion[aggregate]! += this.#below(3);
    const version = this.#nextVersion[aggregate]!++;
    const event = { aggregate, topic, version, publisher: 0, publishStamp: this.#stamp, publishedAtMs: 0 };
    const partition = aggregate % this.#shape.partitions;
    const message = { event, partition, position: ++this.#logEnds[partition]!, deliveries: 0 };
    this.#messages.push(message);
    this.#deliver(message);
  }

  #deliver(message: Message): void {
    const { event, partition, position } = message;
    message.deliveries++;
    const delivery: Delivery = {
      id: ++this.#deliveryId,
      aggregate: event.aggregate,
      topic: event.topic,
      version: event.version,
      publisher: event.publisher,
      publishStamp: this.#known(event.publishStamp, 0),
      publishedAtMs: 0,
      partition: this.#known(partition, -1),
      position: this.#known(position, 0),
      deliveryCount: this.#shape.countsDeliveries ? message.deliveries : null,
      subscription: this.#unruly(1) ? this.#below(this.#shape.subscriptions) : 0,
      owned: this.#below(3) !== 0,
      deliverStamp: this.#next(),
      deliveredAtMs: 0,
      ackToken: 0,
      submitStamp: 0,
    };
    if (this.#shape.hasDeliverCalls) this.#calls.push({ kind: 'deliver', delivery });
    if (!this.#unruly(20)) this.#delivered.push(delivery);
  }

  #known(value: number, unknown: number): number {
    return this.#shape.missingEvery > 0 && this.#below(this.#shape.missingEvery) === 0 ? unknown : value;
  }

  /** The dispatcher may refuse a delivery, which then starts without having been submitted. */
  #startOrSubmit(): void {
    if (this.#delivered.length === 0) return;
    const index = this.#unruly(4) ? this.#below(this.#delivered.length) : 0;
    const delivery = this.#take(this.#delivered, index);
    if (delivery.submitStamp === 0 && !this.#unruly(12)) {
      const submitted = { ...delivery, submitStamp: this.#next() };
      this.#calls.push({ kind: 'submit', delivery: submitted });
      this.#delivered.splice(this.#unruly(3) ? this.#below(this.#delivered.length + 1) : 0, 0, submitted);
      return;
    }
    this.#start(delivery, 1);
  }

  #start(delivery: Delivery, number: number): void {
    const lane = this.#below(4) - 1;
    const attempt: Attempt = {
      ...{ delivery, number, lane, startStamp: this.#next(), startedAtMs: 0, finishStamp: 0, finishedAtMs: 0 },
      outcome: null,
    };
    this.#calls.push({ kind: 'start', attempt });
    if (!this.#unruly(30)) this.#running.push(attempt);
  }

  #finish(): void {
    if (this.#running.length === 0) return;
    const attempt = this.#take(this.#running, this.#unruly(3) ? this.#below(this.#running.length) : 0);
    const fails = this.#unruly(8);
    const finished: Attempt = { ...attempt, finishStamp: this.#next(), outcome: fails ? 'failed' : 'done' };
    this.#calls.push({ kind: 'finish', attempt: finished });
    if (fails) this.#failed.push(finished);
  }

  #retry(): void {
    if (this.#failed.length === 0) return;
    const { delivery, number } = this.#take(this.#failed, this.#below(this.#failed.length));
    this.#start(delivery, number + 1);
  }
}
