/**
 * Makes histories of what can happen to events on a bus, good and bad. A history is made by a small bus that is legal
 * (an event is published before it is stored, stored before it is delivered, delivered before it starts, a delivery
 * that is let go of never starts again, a dead subscription fetches nothing, …) and otherwise as unruly as its decisions
 * make it. Decisions are a list of numbers, so that fast-check can shrink a history.
 */
import type { AckKind, Attempt, Delivery, Observation, PublishedEvent } from '../../../src/domain/observation.js';
import type { NoteKind, RunNote } from '../../../src/domain/run-note.js';
import { releaseDetail } from './feed.js';
import { RandomNotes } from './random-notes.js';
import { subscriptionsMax, type Shape } from './shapes.js';

export function randomHistory(shape: Shape, decisions: readonly number[]): readonly Observation[] {
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
  #nowMs = 0;
  #deliveryId = 0;
  readonly #observations: Observation[] = [];
  readonly #notes: RandomNotes;
  /** By aggregate, or by aggregate and topic where an id has versions of its own in each. */
  readonly #assigned = new Map<string, { next: number; readonly unsent: number[] }>();
  readonly #sent: PublishCall[] = [];
  readonly #messages: Message[] = [];
  readonly #messageOf = new Map<number, Message>();
  readonly #logEnds: number[];
  #alive: number[];
  #subscriptionsMade: number;
  /** Not started. */
  #delivered: Delivery[] = [];
  #running: Attempt[] = [];
  /** Failed, to be tried again by the bus. */
  #retried: Attempt[] = [];
  /** Handled without effect and let go of, for the broker to deliver again. */
  readonly #undone: Message[] = [];
  /** Ids of deliveries that were answered; of these, those that were sent back while they ran. */
  readonly #answered = new Set<number>();
  readonly #sentBack = new Set<number>();
  readonly #unanswered: { readonly delivery: Delivery; readonly isDone: boolean }[] = [];

  constructor(shape: Shape, decisions: readonly number[]) {
    this.#shape = shape;
    this.#decisions = decisions;
    this.#logEnds = Array.from({ length: shape.partitions }, () => 0);
    this.#alive = Array.from({ length: shape.subscriptions }, (_, i) => i);
    this.#subscriptionsMade = shape.subscriptions;
    this.#notes = new RandomNotes(
      (limit) => this.#below(limit),
      (kind, detail) => this.#note(kind, detail),
    );
  }

  run(): readonly Observation[] {
    const steps: readonly (readonly [weight: number, step: () => void])[] = [
      [7, () => this.#publish()],
      [1, () => this.#publishAgain()],
      [7, () => this.#store()],
      [7, () => this.#settle()],
      [7, () => this.#deliverNext()],
      [2, () => this.#deliverAny()],
      [2, () => this.#deliverUndone()],
      [1, () => this.#deliverTwice()],
      [1, () => this.#deliverPhantom()],
      [1, () => this.#deliverInAnotherTopic()],
      [12, () => this.#startOrSubmit()],
      [9, () => this.#finish()],
      [2, () => this.#retry()],
      [1, () => this.#sendBackRunning()],
      [3, () => this.#answer()],
      [1, () => this.#progress()],
      [1, () => this.#letGo()],
      [1, () => this.#die()],
      [3, () => this.#happen()],
    ];
    const weighted = steps.flatMap(([weight, step]) => Array.from({ length: weight }, () => step));
    while (this.#taken < this.#decisions.length) this.#pick(weighted)();
    return this.#observations;
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

  /** The next stamp; time goes on with it. */
  #next(): number {
    this.#stamp++;
    this.#nowMs += (this.#stamp * 7) % 5;
    return this.#stamp;
  }

  #note<Kind extends NoteKind>(kind: Kind, detail: RunNote<Kind>['detail']): void {
    const note = { kind, stamp: this.#next(), atMs: this.#nowMs, detail } as RunNote;
    this.#observations.push({ kind: 'note', record: note });
  }

  #topicOf(aggregate: number): number {
    return this.#shape.topicsOfAggregate === 'home' ? aggregate % this.#shape.topics : this.#below(this.#shape.topics);
  }

  #versionsOf(aggregate: number, topic: number): { next: number; readonly unsent: number[] } {
    const key = this.#shape.topicsOfAggregate === 'both' ? `${aggregate}/${topic}` : `${aggregate}`;
    const versions = this.#assigned.get(key) ?? { next: 1, unsent: [] };
    this.#assigned.set(key, versions);
    return versions;
  }

  #publish(): void {
    const aggregate = this.#below(this.#shape.aggregates);
    const topic = this.#topicOf(aggregate);
    const versions = this.#versionsOf(aggregate, topic);
    versions.unsent.push(versions.next++);
    if (versions.unsent.length < 3 && this.#unruly(6)) return;
    const version = this.#take(versions.unsent, this.#unruly(3) ? this.#below(versions.unsent.length) : 0);
    const publisher = this.#unruly(2) ? this.#below(this.#shape.publishers) : 0;
    this.#send({ aggregate, topic, version, publisher, publishStamp: 0, publishedAtMs: 0 });
  }

  #publishAgain(): void {
    if (this.#sent.length === 0 || !this.#unruly(1)) return;
    const { event } = this.#below(2) === 0 ? this.#sent.at(-1)! : this.#pick(this.#sent);
    this.#send(this.#below(2) === 0 ? event : { ...event, publisher: this.#below(this.#shape.publishers) });
  }

  #send(draft: PublishedEvent): void {
    const { hasPublishCalls } = this.#shape;
    const event = { ...draft, publishStamp: hasPublishCalls ? this.#next() : 0, publishedAtMs: this.#nowMs };
    if (hasPublishCalls) this.#observations.push({ kind: 'publish', record: event });
    this.#sent.push({ event, settled: false, stored: null, hasResult: !this.#unruly(12) });
  }

  /** Mostly in the order sent, sometimes not, rarely never. */
  #store(): void {
    const waiting = this.#sent.filter(({ stored, settled }) => stored === null && !settled);
    const call = waiting[this.#unruly(4) ? this.#below(waiting.length || 1) : 0];
    if (call === undefined || this.#unruly(40)) return;
    const partitions = this.#logEnds.length;
    const key = call.event.aggregate % partitions;
    const partition = this.#unruly(5) ? this.#below(partitions) : key;
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
    this.#observations.push({
      kind: 'publish-result',
      record: {
        event: call.event,
        stamp: this.#next(),
        atMs: this.#nowMs,
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

  #deliverUndone(): void {
    if (this.#undone.length === 0) return;
    this.#deliver(this.#take(this.#undone, this.#unruly(3) ? this.#below(this.#undone.length) : 0));
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
    if (this.#unruly(4)) this.#deliverUnstored(this.#madeUp());
  }

  /** An event that only one topic publishes, as if another one had. */
  #deliverInAnotherTopic(): void {
    if (this.#sent.length === 0 || this.#shape.topicsOfAggregate === 'both' || !this.#unruly(1)) return;
    const { event } = this.#pick(this.#sent);
    const topic = this.#below(this.#shape.topics);
    if (topic !== event.topic) this.#deliverUnstored({ ...event, topic });
  }

  #deliverUnstored(event: PublishedEvent): void {
    const partition = event.aggregate % this.#logEnds.length;
    const message = { event, partition, position: ++this.#logEnds[partition]!, deliveries: 0 };
    this.#messages.push(message);
    this.#deliver(message);
  }

  /** Its version is none of the aggregate's in any topic. */
  #madeUp(): PublishedEvent {
    const aggregate = this.#below(this.#shape.aggregates);
    const topic = this.#topicOf(aggregate);
    const all = Array.from({ length: this.#shape.topics }, (_, i) => this.#versionsOf(aggregate, i));
    const version = Math.max(...all.map(({ next }) => next)) + this.#below(3);
    for (const versions of all) versions.next = version + 1;
    return { aggregate, topic, version, publisher: 0, publishStamp: this.#stamp, publishedAtMs: this.#nowMs };
  }

  #deliver(message: Message): void {
    const inHand = this.#delivered.length + this.#running.length + this.#retried.length;
    if (this.#alive.length === 0 || (inHand >= this.#shape.inHandMax && !this.#unruly(10))) return;
    const { event, partition, position } = message;
    // A delivery that got lost on the way to the client is seen by the broker's count only.
    message.deliveries += this.#unruly(20) ? 2 : 1;
    const delivery: Delivery = {
      id: ++this.#deliveryId,
      aggregate: event.aggregate,
      topic: event.topic,
      version: event.version,
      publisher: event.publisher,
      publishStamp: this.#known(event.publishStamp, 0),
      publishedAtMs: event.publishedAtMs,
      partition: this.#known(partition, -1),
      position: this.#known(position, 0),
      deliveryCount: this.#shape.countsDeliveries ? message.deliveries : null,
      subscription: this.#unruly(1) ? this.#pick(this.#alive) : this.#alive[0]!,
      owned: this.#below(3) !== 0,
      deliverStamp: this.#next(),
      deliveredAtMs: this.#nowMs,
      ackToken: 0,
      submitStamp: 0,
    };
    this.#messageOf.set(delivery.id, message);
    if (this.#shape.hasDeliverCalls) this.#observations.push({ kind: 'deliver', record: delivery });
    if (this.#unruly(15)) this.#ack(delivery, 'ack');
    if (!this.#unruly(20)) this.#delivered.push(delivery);
  }

  #known(value: number, unknown: number): number {
    return this.#shape.missingEvery > 0 && this.#below(this.#shape.missingEvery) === 0 ? unknown : value;
  }

  /** A delivery that finds the inbox full may start without having been submitted. */
  #startOrSubmit(): void {
    if (this.#delivered.length === 0) return;
    const index = this.#unruly(4) ? this.#below(this.#delivered.length) : 0;
    const delivery = this.#take(this.#delivered, index);
    if (delivery.submitStamp === 0 && !this.#unruly(12)) {
      const submitted = { ...delivery, submitStamp: this.#next() };
      this.#observations.push({ kind: 'submit', record: submitted });
      this.#delivered.splice(this.#unruly(3) ? this.#below(this.#delivered.length + 1) : 0, 0, submitted);
      return;
    }
    this.#start(delivery, 1);
  }

  #start(delivery: Delivery, number: number): void {
    const lane = this.#below(4) - 1;
    const attempt: Attempt = {
      ...{ delivery, number, lane, startStamp: this.#next(), startedAtMs: this.#nowMs },
      ...{ finishStamp: 0, finishedAtMs: 0, outcome: null },
    };
    this.#observations.push({ kind: 'start', record: attempt });
    if (!this.#unruly(30)) this.#running.push(attempt);
  }

  #finish(): void {
    if (this.#running.length === 0) return;
    const attempt = this.#take(this.#running, this.#unruly(3) ? this.#below(this.#running.length) : 0);
    if (!this.#unruly(6)) {
      this.#end(attempt, 'done');
      this.#toAnswer(attempt.delivery, true);
    } else if (this.#below(2) === 0) {
      this.#end(attempt, 'retried');
      this.#retried.push(attempt);
    } else {
      this.#end(attempt, 'failed');
      this.#undone.push(this.#messageOf.get(attempt.delivery.id)!);
      this.#toAnswer(attempt.delivery, false);
    }
  }

  #toAnswer(delivery: Delivery, isDone: boolean): void {
    if (!this.#sentBack.has(delivery.id)) this.#unanswered.push({ delivery, isDone });
  }

  #end(attempt: Attempt, outcome: 'done' | 'failed' | 'retried' | 'crashed'): void {
    const finishStamp = this.#next();
    this.#observations.push({
      kind: 'finish',
      record: { ...attempt, finishStamp, finishedAtMs: this.#nowMs, outcome },
    });
  }

  #retry(): void {
    if (this.#retried.length === 0) return;
    const { delivery, number } = this.#take(this.#retried, this.#below(this.#retried.length));
    this.#start(delivery, number + 1);
  }

  /** As when a handling times out and goes on. */
  #sendBackRunning(): void {
    if (this.#running.length === 0 || !this.#unruly(2)) return;
    const { delivery } = this.#pick(this.#running);
    if (this.#answered.has(delivery.id)) return;
    this.#ack(delivery, 'nak');
    this.#sentBack.add(delivery.id);
    this.#undone.push(this.#messageOf.get(delivery.id)!);
  }

  /** Some are never answered. */
  #answer(): void {
    if (this.#unanswered.length === 0) return;
    const { delivery, isDone } = this.#take(this.#unanswered, this.#unruly(2) ? this.#unanswered.length - 1 : 0);
    if (this.#unruly(8)) return;
    this.#ack(delivery, isDone ? 'ack' : this.#below(3) === 0 ? 'term' : 'nak');
  }

  /** Nobody reports on what was sent back. */
  #progress(): void {
    const inHand = [...this.#delivered, ...[...this.#running, ...this.#retried].map(({ delivery }) => delivery)];
    const held = inHand.filter(({ id }) => !this.#sentBack.has(id));
    if (held.length > 0) this.#ack(this.#pick(held), 'progress');
  }

  #ack(delivery: Delivery, kind: AckKind): void {
    if (kind !== 'progress') this.#answered.add(delivery.id);
    this.#observations.push({ kind: 'ack', record: { delivery, kind, stamp: this.#next(), atMs: this.#nowMs } });
  }

  #letGo(): void {
    if (this.#delivered.length === 0 || !this.#shape.hasDeliverCalls || !this.#unruly(1)) return;
    const delivery = this.#take(this.#delivered, this.#below(this.#delivered.length));
    const kind = this.#pick(['rejected', 'discarded', 'given-back'] as const);
    this.#note(kind, releaseDetail(delivery));
    if (kind === 'discarded') this.#unanswered.push({ delivery, isDone: true });
    else this.#undone.push(this.#messageOf.get(delivery.id)!);
  }

  /** A subscription crashes, with all that it had in its memory, or leaves; mostly another takes its place. */
  #die(): void {
    if (this.#alive.length === 0 || !this.#unruly(2)) return;
    const subscription = this.#take(this.#alive, this.#below(this.#alive.length));
    const crashes = this.#below(3) > 0;
    if (crashes && this.#below(3) > 0) this.#note('disturbance', { what: 'crash', forMs: 300 });
    const isEndedFirst = this.#below(2) === 0;
    const ended = (): void => this.#note('subscription-ended', { subscription: `subscription-${subscription}` });
    if (isEndedFirst) ended();
    if (crashes) this.#loseMemoryOf(subscription);
    if (!isEndedFirst) ended();
    if (this.#subscriptionsMade < subscriptionsMax) this.#alive.push(this.#subscriptionsMade++);
    if (crashes && this.#below(2) === 0) this.#comeBack();
  }

  /** A successor is there, whose first events may be those that the dead service had. */
  #comeBack(): void {
    this.#note('disturbance', { what: 'the service is back' });
    if (this.#below(2) === 0) this.#deliverUndone();
  }

  #loseMemoryOf(subscription: number): void {
    const isLost = (delivery: Delivery): boolean => delivery.subscription === subscription;
    const waiting = [...this.#delivered, ...this.#retried.map(({ delivery }) => delivery)].filter(isLost);
    const running = this.#running.filter(({ delivery }) => isLost(delivery));
    this.#delivered = this.#delivered.filter((delivery) => !isLost(delivery));
    this.#retried = this.#retried.filter(({ delivery }) => !isLost(delivery));
    this.#running = this.#running.filter(({ delivery }) => !isLost(delivery));
    for (const attempt of running) this.#end(attempt, 'crashed');
    for (const delivery of waiting) this.#note('crashed', releaseDetail(delivery));
    const lost = [...running.map(({ delivery }) => delivery), ...waiting];
    this.#undone.push(...lost.map(({ id }) => this.#messageOf.get(id)!));
  }

  /** Something happens to the run. New partitions are used from then on. */
  #happen(): void {
    const isNearEnd = this.#taken > 0.8 * this.#decisions.length;
    const what = this.#notes.next(isNearEnd, this.#alive);
    if (what === 'partitions' && this.#shape.partitions > 1) this.#logEnds.push(0);
  }
}
