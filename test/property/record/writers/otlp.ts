/**
 * Writes histories as spans of OTLP/JSON, by the conventions for messaging. A span is written once it has ended, so it
 * cannot say that a handling was cut off; and the result of a publish is part of its span, not an event of its own.
 */
import type { Prng } from '../../../../src/runtime/ports.js';
import type { HistoryLine } from '../history.js';
import { pick, shuffled, type Writer } from './writer.js';

const attributeOf: Partial<Readonly<Record<keyof HistoryLine, string>>> = {
  aggregate: 'order.id',
  version: 'order.version',
  topic: 'messaging.destination.name',
  subscription: 'messaging.consumer.group.name',
  partition: 'messaging.destination.partition.id',
  position: 'messaging.kafka.offset',
  delivery: 'delivery',
  id: 'messaging.message.id',
};

const operationOf = { publish: 'send', deliver: 'receive', start: 'process', ack: 'settle' } as const;

const firstNs = 1_750_000_000_000_000_000n;
const stepNs = 1_000_000n;

/** What spans can say of a history. */
export function sayableInSpans(lines: readonly HistoryLine[]): HistoryLine[] {
  return lines.flatMap((line, at) => {
    switch (line.ev) {
      case 'publish':
        return [{ ...line, ok: lines.slice(at).find((other) => isOf(other, line, 'acked'))?.ok ?? true }];
      case 'acked':
        return [];
      case 'start':
        return endOf(lines, at) === null ? [] : [line];
      default:
        return [line];
    }
  });
}

/** @param lines as {@link sayableInSpans} has them */
export const otlp: Writer = (lines, prng) => {
  const spans = lines.flatMap((line, at) => {
    if (line.ev === 'finish') return [];
    const end = line.ev === 'start' ? endOf(lines, at)! : at;
    return [{ source: line.source, json: spanOf(line, { at, end, ok: lines[end]!.ok ?? true }, prng) }];
  });
  const requests = Array.from({ length: 3 }, () => [] as typeof spans);
  for (const span of shuffled(spans, prng)) pick(requests, prng).push(span);
  const written = requests.map((request) => JSON.stringify({ resourceSpans: bySource(request) }));
  return {
    text: written.map((line) => `${line}\n`).join(''),
    map: 'aggregate=attr:order.id,version=attr:order.version',
  };
};

/** The index of the line that ends the handling which begins at the index; null: none does. */
function endOf(lines: readonly HistoryLine[], at: number): number | null {
  const end = lines.findIndex((line, index) => index > at && isOf(line, lines[at]!, 'finish'));
  const next = lines.findIndex((line, index) => index > at && isOf(line, lines[at]!, 'start'));
  return end < 0 || (next >= 0 && next < end) ? null : end;
}

function isOf(line: HistoryLine, other: HistoryLine, ev: HistoryLine['ev']): boolean {
  const names = ['aggregate', 'topic', 'source', 'version', 'id', 'delivery'] as const;
  return line.ev === ev && names.every((name) => line[name] === other[name]);
}

interface Interval {
  readonly at: number;
  readonly end: number;
  readonly ok: boolean;
}

function spanOf(line: HistoryLine, { at, end, ok }: Interval, prng: Prng): unknown {
  const attributes = Object.entries(attributeOf).flatMap(([field, key]) => {
    const value = line[field as keyof HistoryLine];
    return value === undefined ? [] : [{ key, value: valueOf(value, prng) }];
  });
  const operation = operationOf[line.ev as keyof typeof operationOf];
  const time = (index: number): string => String(firstNs + BigInt(index) * stepNs);
  return {
    spanId: `span-${at}`,
    startTimeUnixNano: time(at),
    endTimeUnixNano: time(end),
    attributes: shuffled([...attributes, { key: 'messaging.operation.type', value: { stringValue: operation } }], prng),
    ...(ok ? {} : { status: { code: 2, message: 'it failed' } }),
  };
}

/** Integers of 64 bits are texts, as the exporters write them. */
function valueOf(value: string | number | bigint | boolean, prng: Prng): unknown {
  if (typeof value === 'string' || prng.float() < 0.3) return { stringValue: String(value) };
  return { intValue: String(value) };
}

function bySource(spans: readonly { readonly source: string; readonly json: unknown }[]): unknown[] {
  return [...new Set(spans.map(({ source }) => source))].map((source) => ({
    resource: { attributes: [{ key: 'service.instance.id', value: { stringValue: source } }] },
    scopeSpans: [{ spans: spans.filter((span) => span.source === source).map(({ json }) => json) }],
  }));
}
