/**
 * The spans of a row's events, by the semantic conventions for messaging. The context of a `send` span is the creation
 * context of its message: the spans of each delivery are below it, and link to it.
 */
import { traitsOf } from '../../../domain/broker/registry.js';
import type { ToldNames } from '../../timeline/told-names.js';
import type { Moment, ToldAttempt, ToldDelivery, ToldEvent } from '../../timeline/told-run.js';
import type { ToldRow } from '../../timeline/told-rows.js';
import { attributesOf, spanIdOf, spanKinds, traceIdOf, unixNano, type Span, type Values } from './attributes.js';

/** What the spans of a row share. */
interface Making {
  readonly identity: string;
  readonly beginNs: bigint;
  readonly names: ToldNames;
  readonly system: string;
  /** The attribute of an offset; null: the system has none. */
  readonly offset: string | null;
}

/** The trace of an event, and the span of its publish call if that was seen. */
interface Creation {
  readonly traceId: string;
  readonly send: Span | null;
}

interface Operation {
  readonly type: 'send' | 'receive' | 'process' | 'settle';
  /** Tells it from others of its type in the trace. */
  readonly which: string;
  /** The system's own name of it. */
  readonly name: string;
  readonly kind: number;
  readonly from: Moment;
  readonly to: Moment;
  readonly parent: Span | null;
  readonly values: Values;
  /** What it ended with instead of success; null: nothing of the kind. */
  readonly error: string | null;
}

export function eventSpans({ row, told }: ToldRow, identity: string, beginNs: bigint, names: ToldNames): Span[] {
  const making = { identity, beginNs, names, ...traitsOf(row.broker.kind).spans };
  const creations = new Map(told.events.map((event, index) => [event, creationOf(event, index, making)]));
  const sends = [...creations.values()].flatMap(({ send }) => (send === null ? [] : [send]));
  const deliveries = told.deliveries.flatMap((one, index) =>
    deliverySpans(one, index, creations.get(one.event)!, making),
  );
  return [...sends, ...deliveries];
}

function creationOf(event: ToldEvent, index: number, making: Making): Creation {
  const traceId = traceIdOf(`${making.identity} event ${String(index)}`);
  const { published, publisher } = event;
  if (published === null) return { traceId, send: null };
  const client = publisher === null ? null : `publisher-${String(publisher)}`;
  const values = { 'messaging.client.id': client, 'eventbus_bench.publisher': publisher };
  const at = { from: published, to: published, parent: null, error: null };
  const operation = { type: 'send', which: 'publish', name: 'send', kind: spanKinds.producer, values, ...at } as const;
  return { traceId, send: spanOf(event, operation, { traceId, send: null }, making) };
}

function deliverySpans(delivery: ToldDelivery, index: number, creation: Creation, making: Making): Span[] {
  const { event, delivered, attempts, answer, answered } = delivery;
  const values = deliveryValues(delivery, making);
  const span = (operation: Omit<Operation, 'values' | 'which'>, more: Values = {}, attempt = 0): Span => {
    const which = `delivery ${String(index)} attempt ${String(attempt)}`;
    return spanOf(event, { ...operation, which, values: { ...values, ...more } }, creation, making);
  };
  const client = { kind: spanKinds.client, error: null };
  const receive =
    delivered === null
      ? null
      : span({ ...client, type: 'receive', name: 'receive', from: delivered, to: delivered, parent: creation.send });
  const parent = receive ?? creation.send;
  const processes = attempts.map((attempt, number) =>
    span(
      {
        ...{ type: 'process', name: 'process', kind: spanKinds.consumer, parent, error: errorOf(attempt) },
        ...{ from: attempt.started, to: attempt.finished ?? attempt.started },
      },
      { 'eventbus_bench.lane': attempt.lane, 'eventbus_bench.attempt': attempt.number },
      number,
    ),
  );
  const settle =
    answered === null
      ? []
      : [span({ ...client, type: 'settle', name: answer ?? 'settle', from: answered, to: answered, parent })];
  return [...(receive === null ? [] : [receive]), ...processes, ...settle];
}

/** A handling that was not seen to end did not succeed as far as anybody saw. */
function errorOf({ finished, outcome }: ToldAttempt): string | null {
  if (finished === null) return 'end not seen';
  return outcome === 'done' ? null : (outcome ?? 'outcome not seen');
}

/** A handling belongs to a delivery by the stamp of that, which no other has. */
function deliveryValues(delivery: ToldDelivery, { names, offset }: Making): Values {
  const { subscription, partition, position, deliveryCount, delivered } = delivery;
  const name = subscription === null ? null : names.of(subscription);
  return {
    'messaging.client.id': name,
    'eventbus_bench.subscription': name,
    'eventbus_bench.delivery': delivered?.stamp ?? null,
    'eventbus_bench.deliveryCount': deliveryCount,
    ...(offset === null
      ? { 'eventbus_bench.position': position }
      : {
          'messaging.destination.partition.id': partition === null || position === null ? null : String(partition),
          [offset]: position === null ? null : position - 1,
        }),
  };
}

function spanOf(event: ToldEvent, operation: Operation, { traceId, send }: Creation, making: Making): Span {
  const { type, which, name, kind, from, to, parent, values, error } = operation;
  const { names, beginNs, system } = making;
  const topic = names.of(event.topic);
  const attributes = attributesOf({
    'messaging.system': system,
    'messaging.operation.type': type,
    'messaging.operation.name': name,
    'messaging.destination.name': topic,
    'eventbus_bench.aggregate': names.of(event.aggregateId),
    'eventbus_bench.version': event.version,
    ...values,
    'eventbus_bench.stamp': from.stamp,
    'error.type': error,
  });
  return {
    traceId,
    spanId: spanIdOf(`${traceId} ${type} ${which}`),
    ...(parent !== null && { parentSpanId: parent.spanId }),
    ...{ name: `${name} ${topic}`, kind },
    ...{ startTimeUnixNano: unixNano(beginNs, from.ns), endTimeUnixNano: unixNano(beginNs, Math.max(from.ns, to.ns)) },
    attributes,
    ...(send !== null && { links: [{ traceId, spanId: send.spanId }] }),
    ...(error !== null && { status: { code: 2 as const, message: error } }),
  };
}
