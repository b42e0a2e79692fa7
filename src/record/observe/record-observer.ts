/**
 * Turns the lines of a record into the observations that a run would have made. A line's place is its stamp. What a
 * record does not say has no stamp: it is unknown, and nothing is claimed of it.
 *
 * `delivery` joins what happened to one hand-over; without it lines are joined by subscription, partition, position and
 * delivery count; without a position they are not, and the report says so.
 */
import { fieldIndex, type RecordEvent } from '../../domain/record/record-fields.js';
import type { Delivery, ObservationSink, PublishedEvent } from '../../domain/observation.js';
import type { Shown } from '../engine.js';
import type { Fields } from '../fields.js';
import { farVersion } from '../handled/handled-lines.js';
import { readInteger } from '../integers.js';
import { readTime, type TimeUnit } from '../times.js';
import type { CountedVersions } from './counted-versions.js';
import { HandOvers, type HandOver, type JoinedBy } from './hand-overs.js';
import { OtherSubscriptions } from './other-subscriptions.js';
import type { RecordNames } from './record-names.js';
import { badOk, readOk } from './ok-field.js';
import { Recent } from './recent.js';
import { keyOf, type Event, type Ties } from './ties.js';

const badVersion = 'its version is no integer of up to 64 bits';

/** A publish call of an event, and how many of its calls were seen. */
interface Published {
  readonly event: PublishedEvent;
  readonly calls: number;
}

export interface ObserverOptions {
  readonly names: RecordNames;
  readonly versions: CountedVersions;
  readonly sink: ObservationSink;
  readonly timeUnit: TimeUnit;
  readonly shown: ReadonlySet<Shown>;
  /** null: equal versions are one event. */
  readonly ties: Ties | null;
}

export class RecordObserver {
  readonly #names: RecordNames;
  readonly #versions: CountedVersions;
  readonly #sink: ObservationSink;
  readonly #timeUnit: TimeUnit;
  readonly #shown: ReadonlySet<Shown>;
  readonly #ties: Ties | null;
  readonly #published = new Recent<Published>();
  readonly #handOvers = new HandOvers();
  /** Events of which an attempt failed that is joined to nothing. */
  readonly #failedApart = new Recent<boolean>();
  #stamp = 0;
  #deliveries = 0;
  #originMs: number | null = null;
  #lastMs = 0;
  /** Attempts that have started. */
  handlings = 0;
  republished = 0;
  readonly otherSubscriptions = new OtherSubscriptions();
  /** Lines that end or acknowledge what no line before them describes. */
  unjoined = 0;
  /** Of these, those that end a handling. */
  unjoinedEnds = 0;

  constructor({ names, versions, sink, timeUnit, shown, ties }: ObserverOptions) {
    this.#names = names;
    this.#versions = versions;
    this.#sink = sink;
    this.#timeUnit = timeUnit;
    this.#shown = shown;
    this.#ties = ties;
  }

  /** @param stamp its place in the record  @returns what is wrong with the line, as a clause; null: nothing */
  take(event: RecordEvent, fields: Fields, stamp: number): string | null {
    const versionField = fieldIndex.version;
    const written = readInteger(fields.bytes[versionField]!, fields.from[versionField]!, fields.to[versionField]!);
    if (written === null) return badVersion;
    if (readOk(fields) === null) return badOk;
    const place = this.#placeOf(fields);
    if (typeof place === 'string') return place;
    const aggregate = this.#names.aggregate(fields, event);
    const topic = this.#names.topic(fields);
    const version = this.#versions.counted(written, { event, topic, aggregate });
    if (version === null) return farVersion;
    const line = { fields, version, aggregate, topic, ...place };
    this.#stamp = stamp;
    this.#lastMs = this.#timeOf(fields);
    this.#ties?.meet(line);
    this.#observe(event, line);
    return null;
  }

  #observe(event: RecordEvent, line: Line): void {
    switch (event) {
      case 'publish':
        return this.#publish(line);
      case 'acked':
        return this.#acked(line);
      case 'deliver':
        this.#deliver(line, this.#stamp);
        return;
      case 'start':
        this.#start(line);
        return;
      case 'handled':
        return this.#handle(line);
      case 'finish':
        return this.#finish(line);
      case 'ack':
        return this.#ack(line);
    }
  }

  #publish(line: Line): void {
    const { fields, aggregate, topic, version } = line;
    const event: PublishedEvent = {
      ...{ aggregate, topic, version },
      publisher: this.#names.publisher(fields),
      publishStamp: this.#stamp,
      publishedAtMs: this.#lastMs,
    };
    const key = keyOf(line);
    const before = this.#published.get(key)?.calls ?? 0;
    if (before > 0) this.republished++;
    this.#published.set(key, { event, calls: before + 1 });
    this.#sink.observe({ kind: 'publish', record: event });
    if (!this.#shown.has('acked')) this.#settle(event, line);
  }

  #acked(line: Line): void {
    const published = this.#published.get(keyOf(line));
    if (published === undefined) this.unjoined++;
    else this.#settle(published.event, line);
  }

  #settle(event: PublishedEvent, { fields, partition, position }: Line): void {
    this.#sink.observe({
      kind: 'publish-result',
      record: {
        ...{ event, stamp: this.#stamp, atMs: this.#lastMs, ok: isOk(fields), partition, position },
        duplicate: false,
        error: fields.text(fieldIndex.error),
      },
    });
  }

  /** @param stamp 0: the delivery itself was not seen */
  #deliver(line: Line, stamp: number): HandOver {
    const { fields, aggregate, topic, version, partition, position } = line;
    const published = this.#published.get(keyOf(line));
    const count = numberAt(fields, 'deliveryCount');
    const delivery: Delivery = {
      id: ++this.#deliveries,
      ...{ aggregate, topic, version, partition, position },
      publisher: published?.event.publisher ?? this.#names.publisher(fields),
      // Of several calls, nothing says whose message this is.
      publishStamp: published?.calls === 1 && !this.#names.isPublishedBySeveral ? published.event.publishStamp : 0,
      publishedAtMs: published?.event.publishedAtMs ?? 0,
      deliveryCount: typeof count === 'number' && count > 0 ? count : null,
      subscription: this.#names.subscription(fields),
      owned: true,
      deliverStamp: stamp,
      deliveredAtMs: stamp === 0 ? 0 : this.#lastMs,
      ackToken: 0,
      submitStamp: 0,
    };
    const isTie = this.#ties?.isTie(line) ?? false;
    const handOver = this.#handOvers.add(joinedBy(line), delivery, isTie);
    if (stamp > 0 && !isTie) this.#sink.observe({ kind: 'deliver', record: delivery });
    return handOver;
  }

  #start(line: Line): HandOver {
    const by = joinedBy(line);
    const known = by === null ? undefined : this.#handOvers.toStart(by);
    const handOver = known ?? this.#deliver(line, 0);
    if (handOver.running !== null) this.#end(handOver, line, 'crashed');
    const isAgain = by === null && this.#failedApart.get(keyOf(line)) === true;
    if (isAgain) this.#failedApart.set(keyOf(line), false);
    handOver.running = {
      delivery: handOver.delivery,
      number: ++handOver.attempts + (isAgain ? 1 : 0),
      lane: this.#names.lane(line.fields),
      startStamp: this.#stamp,
      startedAtMs: this.#lastMs,
      finishStamp: 0,
      finishedAtMs: 0,
      outcome: null,
    };
    this.handlings++;
    const isFirst = handOver.attempts === 1 && !handOver.isTie;
    if (isFirst && line.fields.has(fieldIndex.subscription)) this.otherSubscriptions.started(keyOf(line), handOver);
    if (handOver.running.number === 1) this.#ties?.started(line, handOver.isTie);
    if (!handOver.isTie) this.#sink.observe({ kind: 'start', record: handOver.running });
    // Where no line can be joined to it that ends it, no more is known than that it was handled.
    if (by === null || !this.#shown.has('finish')) {
      const { succeeded } = handOver;
      this.#end(handOver, line, outcomeOf(line.fields));
      // The next start of a hand-over that has a name is another attempt, unless a line says that this one succeeded.
      if (by?.isNamed === true && !line.fields.has(fieldIndex.ok)) handOver.succeeded = succeeded;
    }
    return handOver;
  }

  #handle(line: Line): void {
    const handOver = this.#start(line);
    this.#end(handOver, line, outcomeOf(line.fields));
  }

  #finish(line: Line): void {
    const by = joinedBy(line);
    const handOver = by === null ? undefined : this.#handOvers.toFinish(by, this.#names.lane(line.fields));
    if (handOver !== undefined) return this.#end(handOver, line, outcomeOf(line.fields));
    this.unjoined++;
    this.unjoinedEnds++;
    if (!isOk(line.fields)) this.#failedApart.set(keyOf(line), true);
  }

  #end(handOver: HandOver, line: Line, outcome: 'done' | 'failed' | 'crashed'): void {
    const attempt = handOver.running;
    if (attempt === null) return;
    handOver.running = null;
    handOver.succeeded ||= outcome === 'done';
    handOver.isDone ||= outcome === 'done';
    attempt.finishStamp = this.#stamp;
    attempt.finishedAtMs = this.#lastMs;
    attempt.outcome = outcome;
    if (!handOver.isTie) this.#sink.observe({ kind: 'finish', record: attempt });
    else if (outcome === 'done') this.#ties?.succeeded(line);
  }

  #ack(line: Line): void {
    const by = joinedBy(line);
    const handOver = by === null ? undefined : this.#handOvers.get(by);
    if (handOver === undefined) {
      this.unjoined++;
      return;
    }
    const { delivery, isTie } = handOver;
    if (isTie) return;
    this.#sink.observe({ kind: 'ack', record: { delivery, kind: 'ack', stamp: this.#stamp, atMs: this.#lastMs } });
  }

  /** Partition and position as the checker counts them; a text says what is wrong with them. */
  #placeOf(fields: Fields): Pick<Line, 'partition' | 'position'> | string {
    const position = numberAt(fields, 'position');
    const partition = numberAt(fields, 'partition');
    if (position === undefined) return 'its position is no integer from 0 up';
    if (partition === undefined) return 'its partition is no integer from 0 up';
    // Where partitions are named, a position without one may be in any.
    const isKnown = position !== null && (partition !== null || !this.#shown.has('partition'));
    return isKnown ? { partition: partition ?? 0, position: position + 1 } : { partition: -1, position: 0 };
  }

  /** Milliseconds since the first time of the record; that of the line before where a line has none. */
  #timeOf(fields: Fields): number {
    const text = fields.text(fieldIndex.time);
    const ms = text === null ? null : readTime(text, this.#timeUnit);
    if (ms === null) return this.#lastMs;
    this.#originMs ??= ms;
    return ms - this.#originMs;
  }
}

/** A line whose numbers have been read. */
interface Line extends Event {
  readonly fields: Fields;
  /** -1: it does not say. */
  readonly partition: number;
  /** From 1; 0: it does not say. */
  readonly position: number;
}

/** By what other lines about the same hand-over are found; null: nothing joins them. */
function joinedBy(line: Line): JoinedBy | null {
  const { fields, partition, position } = line;
  const delivery = fields.text(fieldIndex.delivery);
  if (delivery !== null) return { text: `${keyOf(line)} d ${delivery}`, isNamed: true };
  if (position === 0) return null;
  const subscription = fields.text(fieldIndex.subscription) ?? '';
  const count = fields.text(fieldIndex.deliveryCount) ?? '';
  return { text: `${keyOf(line)} p ${partition} ${position} ${count} ${subscription}`, isNamed: false };
}

/** A number from 0 up; null: the line does not have it; undefined: it is none. */
function numberAt(fields: Fields, name: 'position' | 'partition' | 'deliveryCount'): number | null | undefined {
  const field = fieldIndex[name];
  if (!fields.has(field)) return null;
  const value = readInteger(fields.bytes[field]!, fields.from[field]!, fields.to[field]!);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function isOk(fields: Fields): boolean {
  return readOk(fields) !== false;
}

function outcomeOf(fields: Fields): 'done' | 'failed' {
  return isOk(fields) ? 'done' : 'failed';
}
