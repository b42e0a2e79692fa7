/**
 * Turns the lines of a record into the observations that a run would have made. A line's place is its stamp. What a
 * record does not say has no stamp: it is unknown, and nothing is claimed of it.
 *
 * `delivery` joins what happened to one hand-over; without it lines are joined by subscription, partition, position and
 * delivery count; without a position they are not, and the report says so.
 */
import { fieldIndex, type RecordEvent } from '../../domain/record/record-fields.js';
import type { Attempt, Delivery, ObservationSink, PublishedEvent } from '../../domain/observation.js';
import type { Fields } from '../fields.js';
import { readInteger } from '../integers.js';
import { readTime, type TimeUnit } from '../times.js';
import type { RecordNames } from './record-names.js';
import { Recent } from './recent.js';
import type { ShiftedVersions } from './shifted-versions.js';

const badVersion = 'its version is no integer of up to 64 bits';
const farVersion = 'its version is more than 2^51 away from the first one';

interface HandOver {
  readonly delivery: Delivery;
  attempts: number;
  running: Attempt | null;
}

export class RecordObserver {
  readonly #names: RecordNames;
  readonly #versions: ShiftedVersions;
  readonly #sink: ObservationSink;
  readonly #timeUnit: TimeUnit;
  readonly #published = new Recent<PublishedEvent>();
  readonly #handOvers = new Recent<HandOver>();
  #stamp = 0;
  #deliveries = 0;
  #originMs: number | null = null;
  #lastMs = 0;
  /** Lines that end or acknowledge a handling that no line before them describes. */
  unjoined = 0;
  /** Publishes are acknowledged by lines of their own. */
  seesAcked = false;

  constructor(
    { names, versions, sink }: { readonly names: RecordNames; readonly versions: ShiftedVersions; readonly sink: ObservationSink }, // prettier-ignore
    timeUnit: TimeUnit,
  ) {
    this.#names = names;
    this.#versions = versions;
    this.#sink = sink;
    this.#timeUnit = timeUnit;
  }

  /** @param stamp its place in the record  @returns what is wrong with the line, as a clause; null: nothing */
  take(event: RecordEvent, fields: Fields, stamp: number): string | null {
    const versionField = fieldIndex.version;
    const written = readInteger(fields.bytes[versionField]!, fields.from[versionField]!, fields.to[versionField]!);
    if (written === null) return badVersion;
    const version = this.#versions.shifted(written);
    if (version === null) return farVersion;
    const place = numberAt(fields, 'position');
    if (place === undefined) return 'its position is no integer from 0 up';
    const line = new Line(fields, version, place);
    this.#stamp = stamp;
    this.#lastMs = this.#timeOf(fields);
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
        return this.#end(this.#start(line), line);
      case 'finish':
        return this.#finish(line);
      case 'ack':
        return this.#ack(line);
    }
  }

  #publish({ fields, version, position }: Line): void {
    const names = this.#names;
    const event: PublishedEvent = {
      aggregate: names.aggregate(fields),
      topic: names.topic(fields),
      version,
      publisher: names.publisher(fields),
      publishStamp: this.#stamp,
      publishedAtMs: this.#lastMs,
    };
    this.#published.set(keyOf(event), event);
    this.#sink.observe({ kind: 'publish', record: event });
    if (!this.seesAcked) this.#settle(event, fields, position);
  }

  #acked({ fields, version, position }: Line): void {
    this.seesAcked = true;
    const names = this.#names;
    const place = { aggregate: names.aggregate(fields), topic: names.topic(fields), version };
    const event = this.#published.get(keyOf(place));
    if (event === undefined) this.unjoined++;
    else this.#settle(event, fields, position);
  }

  #settle(event: PublishedEvent, fields: Fields, position: number | null): void {
    this.#sink.observe({
      kind: 'publish-result',
      record: {
        ...{ event, stamp: this.#stamp, atMs: this.#lastMs, ok: isOk(fields) },
        partition: position === null ? -1 : partitionOf(fields),
        position: position === null ? 0 : position + 1,
        duplicate: false,
        error: fields.text(fieldIndex.error),
      },
    });
  }

  /** @param stamp 0: the delivery itself was not seen */
  #deliver({ fields, version, position }: Line, stamp: number): HandOver {
    const names = this.#names;
    const place = { aggregate: names.aggregate(fields), topic: names.topic(fields), version };
    const event = this.#published.get(keyOf(place));
    const count = numberAt(fields, 'deliveryCount');
    const delivery: Delivery = {
      id: ++this.#deliveries,
      ...place,
      publisher: event?.publisher ?? names.publisher(fields),
      publishStamp: event?.publishStamp ?? 0,
      publishedAtMs: event?.publishedAtMs ?? 0,
      partition: position === null ? -1 : partitionOf(fields),
      position: position === null ? 0 : position + 1,
      deliveryCount: count === undefined || count === null || count === 0 ? null : count,
      subscription: names.subscription(fields),
      owned: true,
      deliverStamp: stamp,
      deliveredAtMs: stamp === 0 ? 0 : this.#lastMs,
      ackToken: 0,
      submitStamp: 0,
    };
    const handOver: HandOver = { delivery, attempts: 0, running: null };
    const key = handOverKey(fields, position);
    if (key !== null) this.#handOvers.set(key, handOver);
    if (stamp > 0) this.#sink.observe({ kind: 'deliver', record: delivery });
    return handOver;
  }

  #start(line: Line): Attempt {
    const key = handOverKey(line.fields, line.position);
    const known = key === null ? undefined : this.#handOvers.get(key);
    const handOver = known ?? this.#deliver(line, 0);
    const attempt: Attempt = {
      delivery: handOver.delivery,
      number: ++handOver.attempts,
      lane: this.#names.lane(line.fields),
      startStamp: this.#stamp,
      startedAtMs: this.#lastMs,
      finishStamp: 0,
      finishedAtMs: 0,
      outcome: null,
    };
    handOver.running = attempt;
    this.#sink.observe({ kind: 'start', record: attempt });
    return attempt;
  }

  #finish({ fields, position }: Line): void {
    const key = handOverKey(fields, position);
    const handOver = key === null ? undefined : this.#handOvers.get(key);
    const attempt = handOver?.running ?? null;
    if (handOver === undefined || attempt === null) {
      this.unjoined++;
      return;
    }
    handOver.running = null;
    this.#end(attempt, { fields });
  }

  #end(attempt: Attempt, { fields }: Pick<Line, 'fields'>): void {
    attempt.finishStamp = this.#stamp;
    attempt.finishedAtMs = this.#lastMs;
    attempt.outcome = isOk(fields) ? 'done' : 'failed';
    this.#sink.observe({ kind: 'finish', record: attempt });
  }

  #ack({ fields, position }: Line): void {
    const key = handOverKey(fields, position);
    const handOver = key === null ? undefined : this.#handOvers.get(key);
    if (handOver === undefined) {
      this.unjoined++;
      return;
    }
    const { delivery } = handOver;
    this.#sink.observe({ kind: 'ack', record: { delivery, kind: 'ack', stamp: this.#stamp, atMs: this.#lastMs } });
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

/** A line whose version and position have been read. `position` null: it does not say. */
class Line {
  readonly fields: Fields;
  readonly version: number;
  readonly position: number | null;

  constructor(fields: Fields, version: number, position: number | null) {
    this.fields = fields;
    this.version = version;
    this.position = position;
  }
}

function keyOf({ aggregate, topic, version }: Pick<PublishedEvent, 'aggregate' | 'topic' | 'version'>): string {
  return `${aggregate} ${topic} ${version}`;
}

/** What is the same for all lines about one hand-over; null: nothing joins them. */
function handOverKey(fields: Fields, position: number | null): string | null {
  const delivery = fields.text(fieldIndex.delivery);
  if (delivery !== null) return `d ${delivery}`;
  if (position === null) return null;
  const [subscription, topic, count] = [fieldIndex.subscription, fieldIndex.topic, fieldIndex.deliveryCount].map(
    (field) => fields.text(field) ?? '',
  );
  return `p ${subscription} ${topic} ${partitionOf(fields)} ${position} ${count}`;
}

function partitionOf(fields: Fields): number {
  return numberAt(fields, 'partition') ?? 0;
}

/** A number from 0 up; null: the line does not have it; undefined: it is none. */
function numberAt(fields: Fields, name: 'position' | 'partition' | 'deliveryCount'): number | null | undefined {
  const field = fieldIndex[name];
  if (!fields.has(field)) return null;
  const value = readInteger(fields.bytes[field]!, fields.from[field]!, fields.to[field]!);
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/** False only where a line says so. */
function isOk(fields: Fields): boolean {
  const text = fields.text(fieldIndex.ok);
  return text === null || (text !== 'false' && text !== '0');
}
