/**
 * Writes each observation as a line of the trace, from pieces that are bytes already: names are made JSON once and
 * kept, keys are constants, all other values are integers. docs/TRACE.md says what each line means.
 */
import type {
  Acknowledgement,
  Attempt,
  Delivery,
  Names,
  PublishedEvent,
  PublishResult,
} from '../domain/observation.js';
import type { RunNote } from '../domain/run-note.js';
import { key, piece, type LineBuffer, type Piece } from './line-buffer.js';
import { microseconds } from '../observation/microseconds.js';
import { referenceReachStamps } from './trace-format.js';

const keys = {
  ack: key('ack'),
  delivered: key('delivered'),
  deliveredUs: key('deliveredUs'),
  delivery: key('delivery'),
  deliveryCount: key('deliveryCount'),
  duplicate: key('duplicate'),
  error: key('error'),
  finished: key('finished'),
  finishedUs: key('finishedUs'),
  id: key('id'),
  lane: key('lane'),
  number: key('number'),
  ok: key('ok'),
  outcome: key('outcome'),
  owned: key('owned'),
  partition: key('partition'),
  position: key('position'),
  published: key('published'),
  publishedUs: key('publishedUs'),
  publisher: key('publisher'),
  stamp: key('stamp'),
  started: key('started'),
  startedUs: key('startedUs'),
  submitted: key('submitted'),
  us: key('us'),
};

const begins = {
  publish: piece('{"kind":"publish",'),
  publishResult: piece('{"kind":"publish-result",'),
  delivery: piece('{"kind":"delivery",'),
  submit: piece('{"kind":"submit",'),
  attempt: piece('{"kind":"attempt",'),
  finish: piece('{"kind":"finish",'),
  ack: piece('{"kind":"ack",'),
};

const words = {
  ack: piece('"ack"'),
  nak: piece('"nak"'),
  term: piece('"term"'),
  progress: piece('"progress"'),
  done: piece('"done"'),
  failed: piece('"failed"'),
  retried: piece('"retried"'),
  crashed: piece('"crashed"'),
};
const objectBegin = piece('{');
const objectEnd = piece('}');
const lineEnd = piece('}\n');
const yes = piece('true');
const no = piece('false');
const nothing = piece('null');

/** What names an event for a reader: aggregate, topic, version. */
interface EventKey {
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
}

export class TraceLines {
  readonly #out: LineBuffer;
  readonly #names: Names;
  /** By aggregate: the JSON that names its events, up to the version. An aggregate nearly always stays on its topic. */
  readonly #eventPieces: { readonly topic: number; readonly piece: Piece }[] = [];
  readonly #subscriptionPieces: Piece[] = [];

  /** @param out where the lines go */
  constructor(out: LineBuffer, names: Names) {
    this.#out = out;
    this.#names = names;
  }

  publish(event: PublishedEvent): void {
    const out = this.#out;
    out.add(begins.publish);
    this.#event(event);
    out.addField(keys.publisher, event.publisher);
    this.#moment(event.publishStamp, event.publishedAtMs);
    out.add(lineEnd);
  }

  publishResult(result: PublishResult): void {
    const out = this.#out;
    out.add(begins.publishResult);
    this.#event(result.event);
    this.#published(result.event);
    this.#moment(result.stamp, result.atMs);
    this.#flag(keys.ok, result.ok);
    out.addField(keys.partition, result.partition);
    out.addField(keys.position, result.position);
    if (result.duplicate) this.#flag(keys.duplicate, true);
    if (result.error !== null) {
      out.add(keys.error);
      out.addText(JSON.stringify(result.error));
    }
    out.add(lineEnd);
  }

  /** @param submitStamp 0 if it was not submitted, or not yet */
  delivery(delivery: Delivery, submitStamp: number): void {
    this.#out.add(begins.delivery);
    this.#delivery(delivery, submitStamp);
    this.#out.add(lineEnd);
  }

  /** The submit of a delivery whose line was written without it. */
  submit(delivery: Delivery): void {
    this.#out.add(begins.submit);
    this.#event(delivery);
    this.#reference(delivery, delivery.submitStamp);
    this.#out.addField(keys.stamp, delivery.submitStamp);
    this.#out.add(lineEnd);
  }

  /** @param end null if it has not ended yet */
  attempt(start: Attempt, end: Attempt | null): void {
    const out = this.#out;
    out.add(begins.attempt);
    this.#event(start.delivery);
    this.#reference(start.delivery, start.startStamp);
    out.addField(keys.number, start.number);
    out.addField(keys.lane, start.lane);
    out.addField(keys.started, start.startStamp);
    out.addField(keys.startedUs, microseconds(start.startedAtMs));
    this.#nullable(keys.finished, end === null ? null : end.finishStamp);
    if (end !== null) {
      out.addField(keys.finishedUs, microseconds(end.finishedAtMs));
      this.#outcome(end);
    }
    out.add(lineEnd);
  }

  /** The end of an attempt whose line was written without it. */
  finish(attempt: Attempt): void {
    this.#out.add(begins.finish);
    this.#event(attempt.delivery);
    this.#out.addField(keys.started, attempt.startStamp);
    this.#moment(attempt.finishStamp, attempt.finishedAtMs);
    this.#outcome(attempt);
    this.#out.add(lineEnd);
  }

  ack({ delivery, kind, stamp, atMs }: Acknowledgement): void {
    this.#out.add(begins.ack);
    this.#event(delivery);
    this.#reference(delivery, stamp);
    this.#out.add(keys.ack);
    this.#out.add(words[kind]);
    this.#moment(stamp, atMs);
    this.#out.add(lineEnd);
  }

  note({ kind, stamp, atMs, detail }: RunNote): void {
    this.plain({ kind: 'event', event: kind, stamp, us: microseconds(atMs), detail });
  }

  /** Any other line. These are rare, so `JSON.stringify` is fast enough. */
  plain(line: object): void {
    this.#out.addText(`${JSON.stringify(line)}\n`);
  }

  #event({ aggregate, topic, version }: EventKey): void {
    const known = this.#eventPieces[aggregate];
    this.#out.add(known?.topic === topic ? known.piece : this.#makeEventPiece(aggregate, topic));
    this.#out.addInteger(version);
  }

  #makeEventPiece(aggregate: number, topic: number): Piece {
    const aggregateId = quoted(this.#names.aggregates, aggregate);
    const made = piece(`"aggregateId":${aggregateId},"topic":${quoted(this.#names.topics, topic)},"version":`);
    this.#eventPieces[aggregate] = { topic, piece: made };
    return made;
  }

  #makeSubscriptionPiece(subscription: number): Piece {
    return piece(`,"subscription":${quoted(this.#names.subscriptions, subscription)}`);
  }

  #published(event: Pick<PublishedEvent, 'publisher' | 'publishStamp' | 'publishedAtMs'>): void {
    this.#out.addField(keys.publisher, event.publisher);
    this.#out.addField(keys.published, event.publishStamp);
    this.#out.addField(keys.publishedUs, microseconds(event.publishedAtMs));
  }

  #delivery(delivery: Delivery, submitStamp: number): void {
    const out = this.#out;
    this.#event(delivery);
    this.#published(delivery);
    out.addField(keys.partition, delivery.partition);
    out.addField(keys.position, delivery.position);
    this.#nullable(keys.deliveryCount, delivery.deliveryCount);
    out.add((this.#subscriptionPieces[delivery.subscription] ??= this.#makeSubscriptionPiece(delivery.subscription)));
    this.#flag(keys.owned, delivery.owned);
    if (delivery.id !== delivery.deliverStamp) out.addField(keys.id, delivery.id);
    out.addField(keys.delivered, delivery.deliverStamp);
    out.addField(keys.deliveredUs, microseconds(delivery.deliveredAtMs));
    this.#nullable(keys.submitted, submitStamp === 0 ? null : submitStamp);
  }

  /** Names the delivery by its id, or repeats it where its own line is too long ago for a reader to remember. */
  #reference(delivery: Delivery, stamp: number): void {
    this.#out.add(keys.delivery);
    if (stamp - delivery.deliverStamp < referenceReachStamps) {
      this.#out.addInteger(delivery.id);
      return;
    }
    this.#out.add(objectBegin);
    this.#delivery(delivery, delivery.submitStamp);
    this.#out.add(objectEnd);
  }

  #moment(stamp: number, atMs: number): void {
    this.#out.addField(keys.stamp, stamp);
    this.#out.addField(keys.us, microseconds(atMs));
  }

  #outcome(attempt: Attempt): void {
    this.#out.add(keys.outcome);
    this.#out.add(words[attempt.outcome ?? 'failed']);
  }

  #flag(name: Piece, value: boolean): void {
    this.#out.add(name);
    this.#out.add(value ? yes : no);
  }

  #nullable(name: Piece, value: number | null): void {
    this.#out.add(name);
    if (value === null) this.#out.add(nothing);
    else this.#out.addInteger(value);
  }
}

function quoted(names: readonly string[], index: number): string {
  return JSON.stringify(names[index] ?? null);
}
