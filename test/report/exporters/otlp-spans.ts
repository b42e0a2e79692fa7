/**
 * Reads OTLP/JSON and says what is wrong with it, by the protocol and the semantic conventions for messaging 1.44.0.
 * Written from these, without a line of the program's own.
 */

export interface ReadSpan {
  readonly source: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly events: readonly { readonly name: string }[];
  readonly error: string | null;
}

interface Value {
  readonly stringValue?: unknown;
  readonly intValue?: unknown;
}

interface WrittenSpan extends Record<'traceId' | 'spanId' | 'name', string> {
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly startTimeUnixNano: unknown;
  readonly endTimeUnixNano: unknown;
  readonly attributes: readonly { readonly key: string; readonly value: Value }[];
  readonly links?: ReadSpan['links'];
  readonly events?: ReadSpan['events'];
  readonly status?: { readonly code: number; readonly message: string };
}

interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: WrittenSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly WrittenSpan[] }[];
  }[];
}

/** Kinds of spans by type of operation: client 3, producer 4, consumer 5. */
const kinds: Readonly<Record<string, number>> = { send: 4, receive: 3, process: 5, settle: 3 };

export function readSpans(text: string): { spans: ReadSpan[]; problems: string[] } {
  const { resourceSpans } = JSON.parse(text) as Request;
  const problems: string[] = [];
  const spans = resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const source = valuesOf(resource.attributes, problems)['service.instance.id'] ?? '';
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => readSpan(span, source, problems)));
  });
  return { spans, problems: [...problems, ...spans.flatMap(formOf), ...ties(spans)] };
}

function readSpan(span: WrittenSpan, source: string, problems: string[]): ReadSpan {
  return {
    ...{ source, traceId: span.traceId, spanId: span.spanId, parentSpanId: span.parentSpanId ?? null },
    ...{ name: span.name, kind: span.kind, attributes: valuesOf(span.attributes, problems) },
    ...{ from: timeOf(span.startTimeUnixNano, problems), to: timeOf(span.endTimeUnixNano, problems) },
    ...{ links: span.links ?? [], events: span.events ?? [] },
    error: span.status?.code === 2 ? span.status.message : null,
  };
}

function valuesOf(attributes: WrittenSpan['attributes'], problems: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { key, value } of attributes) {
    const { stringValue, intValue } = value;
    if (Object.hasOwn(values, key)) problems.push(`${key} is given twice`);
    if (intValue !== undefined && !/^-?\d+$/.test(typeof intValue === 'string' ? intValue : '')) {
      problems.push(`${key} is no integer in a string: ${JSON.stringify(intValue)}`);
    }
    if (typeof stringValue === 'string' && /[\p{Cc}\p{Cf}\p{Cs}]/u.test(stringValue)) {
      problems.push(`${key} is not printable: ${JSON.stringify(stringValue)}`);
    }
    values[key] = String(stringValue ?? intValue);
  }
  return values;
}

function timeOf(value: unknown, problems: string[]): bigint {
  if (typeof value === 'string' && /^[1-9]\d{18}$/.test(value)) return BigInt(value);
  problems.push(`no time since 1970 in nanoseconds, in a string: ${JSON.stringify(value)}`);
  return 0n;
}

function formOf({ traceId, spanId, name, kind, from, to, attributes, error }: ReadSpan): string[] {
  const type = attributes['messaging.operation.type'];
  const called = attributes['messaging.operation.name'];
  const isOfMessage = type !== undefined;
  return [
    ...(/^[0-9a-f]{32}$/.test(traceId) && /^[0-9a-f]{16}$/.test(spanId) ? [] : [`ids of ${name}`]),
    ...(to < from ? [`${name} ends before it begins`] : []),
    ...(isOfMessage && kinds[type] !== kind ? [`${name} is of kind ${kind}`] : []),
    ...(isOfMessage && name !== `${called} ${attributes['messaging.destination.name']}` ? [`name of ${name}`] : []),
    ...(isOfMessage && attributes['messaging.system'] === undefined ? [`${name} is of no system`] : []),
    ...((error === null) === (attributes['error.type'] === undefined) ? [] : [`error.type of ${name}`]),
  ];
}

/** Ids are given once; parents and links are there, parents in the same trace. */
function ties(spans: readonly ReadSpan[]): string[] {
  const byId = new Map(spans.map((span) => [`${span.traceId}/${span.spanId}`, span]));
  const known = (traceId: string, spanId: string): boolean => byId.has(`${traceId}/${spanId}`);
  return [
    ...(byId.size < spans.length ? ['two spans have one id'] : []),
    ...spans.flatMap(({ name, traceId, parentSpanId, links }) => [
      ...(parentSpanId === null || known(traceId, parentSpanId) ? [] : [`parent of ${name} is missing`]),
      ...(links.every((link) => known(link.traceId, link.spanId)) ? [] : [`${name} links to nothing`]),
    ]),
  ];
}
