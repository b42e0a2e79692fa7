/**
 * Turns a span into the lines of a record that it stands for, by OpenTelemetry's conventions for messaging: a `process`
 * span is a start and a finish, `send` and `create` are a publish, `receive` a deliver, `settle` an ack. The older names
 * of attributes are known as well.
 */
import { recordEvents, recordFields, type RecordEvent, type RecordField } from '../../domain/record/record-fields.js';
import type { FieldMap } from '../map/parse-map.js';
import { nameOf } from '../map/source-names.js';
import { attributesOf, type SpanOfResource } from './otlp-request.js';

/** Attributes that have a field where the map names none, the newest name first. */
const conventions: Partial<Readonly<Record<RecordField, readonly string[]>>> = {
  topic: ['messaging.destination.name', 'messaging.destination'],
  partition: [
    'messaging.destination.partition.id',
    'messaging.kafka.destination.partition',
    'messaging.kafka.source.partition',
    'messaging.kafka.partition',
  ],
  position: ['kafka.offset', 'messaging.kafka.offset', 'messaging.kafka.message.offset'],
  deliveryCount: ['messaging.servicebus.message.delivery_count', 'messaging.gcp_pubsub.message.delivery_attempt'],
  subscription: [
    'messaging.consumer.group.name',
    'messaging.destination.subscription.name',
    'messaging.kafka.consumer.group',
  ],
  source: ['service.instance.id'],
  id: ['messaging.message.id'],
};

/** What an operation, or a kind of span, is in a record: at its start, and at its end. */
const operations: Readonly<Record<string, readonly [RecordEvent, RecordEvent | null]>> = {
  process: ['start', 'finish'],
  deliver: ['start', 'finish'],
  send: ['publish', null],
  publish: ['publish', null],
  create: ['publish', null],
  receive: ['deliver', null],
  settle: ['ack', null],
};

/** What systems call it to settle a message by something else than an acknowledgement. */
const sentBack: ReadonlySet<string> = new Set(['nak', 'nack', 'term', 'reject', 'release', 'abandon', 'dead_letter']);

const operationOfKind: Readonly<Record<string | number, string>> = {
  4: 'send',
  SPAN_KIND_PRODUCER: 'send',
  5: 'process',
  SPAN_KIND_CONSUMER: 'process',
};

/** A line that a span stands for. */
export interface SpanEvent {
  readonly event: RecordEvent;
  /** Since 1970. */
  readonly ns: bigint;
  readonly texts: ReadonlyMap<RecordField, string>;
}

export interface ReadSpan {
  /** Its own attributes, but for what the conventions name: one of these may be an aggregate or a version. */
  readonly others: ReadonlyMap<string, string>;
  readonly texts: ReadonlyMap<RecordField, string>;
  /** null: a span of something else than messages. */
  readonly events: readonly SpanEvent[] | null;
  /** What it is called that is done; null: nothing to a message. */
  readonly operation: string | null;
  /** What is wrong with it, as a clause; null: nothing. */
  readonly problem: string | null;
}

export function readSpan({ span, resource }: SpanOfResource, map: FieldMap): ReadSpan {
  const own = attributesOf(span.attributes);
  const attributes = new Map([...resource, ...own]);
  const others = new Map([...own].filter(([key]) => !key.startsWith('messaging.') || key.endsWith('.key')));
  const texts = textsOf(attributes, map);
  const mapped = texts.get('ev');
  const operation = mapped ?? nameOfOperation(attributes, span.kind);
  const read = { others, texts, operation: attributes.get('messaging.operation.name') ?? operation };
  const said = eventOf(mapped) ?? eventsOf(operation, attributes);
  if (said === null) return { ...read, events: null, problem: null };
  const [first, last] = said;
  const begun = nsOf(span.startTimeUnixNano);
  const ended = nsOf(span.endTimeUnixNano);
  if (begun === null || (last !== null && ended === null)) {
    return { ...read, events: [], problem: 'it has no time of its start or of its end' };
  }
  const { code, message } = span.status ?? {};
  if (code === 2 || code === 'STATUS_CODE_ERROR') {
    texts.set('ok', 'false');
    if (typeof message === 'string') texts.set('error', message);
  }
  // Without a position nothing else joins a start and its finish.
  if (!texts.has('position') && !texts.has('delivery') && typeof span.spanId === 'string')
    texts.set('delivery', span.spanId);
  const events = [{ event: first, ns: begun, texts }];
  if (last !== null && ended !== null) events.push({ event: last, ns: ended, texts });
  return { ...read, events, problem: null };
}

function textsOf(attributes: ReadonlyMap<string, string>, map: FieldMap): Map<RecordField, string> {
  const texts = new Map<RecordField, string>();
  for (const field of recordFields) {
    const mapped = map.get(field);
    if (mapped?.kind === 'constant') texts.set(field, mapped.text);
    else {
      const names = mapped === undefined ? usualNames(field) : [nameOf(mapped) ?? ''];
      const name = names.find((candidate) => attributes.has(candidate));
      if (name !== undefined) texts.set(field, attributes.get(name)!);
    }
  }
  return texts;
}

/** Those of the conventions, and those that this program's own spans have (`report --format otlp`). */
function usualNames(field: RecordField): readonly string[] {
  return [...(conventions[field] ?? [field]), `eventbus_bench.${field}`];
}

/** What the map finds may be the event itself. */
function eventOf(mapped: string | undefined): readonly [RecordEvent, null] | null {
  const event = recordEvents.find((candidate) => candidate === mapped);
  return event === undefined ? null : [event, null];
}

/** @returns null: nothing is done to a message */
function nameOfOperation(attributes: ReadonlyMap<string, string>, kind: unknown): string | null {
  const byKind = typeof kind === 'string' || typeof kind === 'number' ? operationOfKind[kind] : undefined;
  return attributes.get('messaging.operation.type') ?? attributes.get('messaging.operation') ?? byKind ?? null;
}

/** @returns null: a record has no lines for it */
function eventsOf(
  operation: string | null,
  attributes: ReadonlyMap<string, string>,
): readonly [RecordEvent, RecordEvent | null] | null {
  if (operation === null || !Object.hasOwn(operations, operation)) return null;
  const isSentBack = operation === 'settle' && sentBack.has(attributes.get('messaging.operation.name') ?? '');
  return isSentBack ? null : operations[operation]!;
}

/** Up to the year 2286, which has 19 digits. */
function nsOf(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e19) return BigInt(value);
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) ? BigInt(value) : null;
}
