/**
 * Reads OTLP/JSON, a request a line or one over many lines. Each span becomes lines of a record, which are handed on in
 * the order of their times, for each `service.instance.id` by itself. Lines are numbered in that order.
 */
import { isUtf8 } from 'node:buffer';
import { fieldIndex } from '../../domain/record/record-fields.js';
import { Fields } from '../fields.js';
import { handOn } from '../hand-on.js';
import type { FieldMap } from '../map/parse-map.js';
import { notUtf8, unreadable } from '../not-utf8.js';
import { excerptOf, type LineSink, type RecordReader } from '../reader.js';
import { Documents } from './documents.js';
import { spansOf, type SpanOfResource } from './otlp-request.js';
import { readSpan, type SpanEvent } from './span-events.js';
import { TimeOrder, windowSeconds, type Place } from './time-order.js';

export class OtlpReader implements RecordReader {
  readonly #map: FieldMap;
  readonly #sink: LineSink;
  readonly #fields: Fields;
  readonly #documents = new Documents();
  readonly #orders = new Map<string, TimeOrder>();
  #number = 0;
  #dropping = false;

  constructor(map: FieldMap, constants: ConstructorParameters<typeof Fields>[0], sink: LineSink) {
    this.#map = map;
    this.#fields = new Fields(constants);
    this.#sink = sink;
  }

  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    let at = this.#dropping ? this.#dropped(bytes, from, to) : from;
    for (;;) {
      while (at < to && bytes[at]! <= 0x20) at++;
      if (at >= to) break;
      const found = this.#documents.next(bytes, at, to, isLast);
      if (found === null) break;
      if (found.isWhole) this.#document(bytes, at, found.to);
      else this.#sink.bad(++this.#number, 'it is not JSON', excerptOf(bytes, at, found.to));
      at = found.to;
    }
    for (const order of this.#orders.values()) order.flush(isLast);
    return at;
  }

  dropLine(bytes: Uint8Array, from: number, to: number): void {
    this.#sink.bad(++this.#number, 'it is too long', excerptOf(bytes, from, to));
    this.#documents.reset();
    this.#dropping = true;
  }

  /** Skips to the next line that begins with an object. */
  #dropped(bytes: Uint8Array, from: number, to: number): number {
    for (let at = bytes.indexOf(0x0a, from); at >= 0 && at + 1 < to; at = bytes.indexOf(0x0a, at + 1)) {
      if (bytes[at + 1] !== 0x7b) continue;
      this.#dropping = false;
      return at + 1;
    }
    return to;
  }

  #document(bytes: Uint8Array, from: number, to: number): void {
    const raw = bytes.subarray(from, to);
    const text = Buffer.from(raw).toString('utf8');
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch {
      this.#sink.bad(++this.#number, 'it is not JSON', excerptOf(bytes, from, to));
      return;
    }
    const spans = spansOf(document);
    // A file of an exporter may have metrics and logs as well.
    if (spans === null) this.#sink.other(++this.#number, () => excerptOf(bytes, from, to, 16_384));
    else {
      const isReadable = !text.includes(unreadable) || isUtf8(raw);
      for (const span of spans) this.#span(span, isReadable);
    }
  }

  #span(span: SpanOfResource, isReadable: boolean): void {
    const { others, texts, events, operation, problem } = readSpan(span, this.#map);
    const text = (most: number): string => JSON.stringify(Object.fromEntries(others)).slice(0, most);
    if (events === null) {
      this.#sink.other(++this.#number, () => text(16_384), operation);
    } else if (!isReadable && [...texts.values()].some((one) => one.includes(unreadable))) {
      this.#sink.bad(++this.#number, notUtf8, text(120));
    } else if (texts.has('aggregate') && texts.has('version')) {
      if (problem !== null) this.#sink.bad(++this.#number, problem, text(120));
      const order = this.#orderOf(texts.get('source') ?? '');
      for (const event of events) order.add(event);
    } else {
      this.#fill(texts);
      handOn(this.#sink, this.#fields, ++this.#number, text);
    }
  }

  #orderOf(source: string): TimeOrder {
    const known = this.#orders.get(source);
    if (known !== undefined) return known;
    const made = new TimeOrder((event, place) => this.#put(event, place));
    this.#orders.set(source, made);
    return made;
  }

  #put(event: SpanEvent, place: Place): void {
    const number = ++this.#number;
    const said = (): string =>
      JSON.stringify({ ev: event.event, time: timeText(event.ns), ...Object.fromEntries(event.texts) }).slice(0, 240);
    if (place === 'late') {
      this.#sink.bad(
        number,
        `it was written more than ${windowSeconds} s after its time, and its place is gone`,
        said(),
      );
      return;
    }
    this.#fill(event.texts);
    this.#fields.setText(fieldIndex.ev, event.event);
    this.#fields.setText(fieldIndex.time, timeText(event.ns));
    this.#sink.line(this.#fields, number);
    if (place === 'in-order') return;
    this.#sink.bad(
      number,
      'it has the time of another event of its aggregate, and nothing says which was first',
      said(),
    );
  }

  #fill(texts: SpanEvent['texts']): void {
    this.#fields.clear();
    for (const [field, text] of texts) this.#fields.setText(fieldIndex[field], text);
  }
}

function timeText(ns: bigint): string {
  const ms = Number(ns / 1_000_000n);
  const rest = String(ns % 1_000_000n).padStart(6, '0');
  return new Date(ms).toISOString().replace('Z', `${rest}Z`);
}
