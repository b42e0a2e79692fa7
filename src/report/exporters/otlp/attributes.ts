/** Builds the parts of OTLP/JSON that spans are made of: attributes, ids and times. */
import { createHash } from 'node:crypto';

/** What is null is left out. */
export type Values = Readonly<Record<string, string | number | null>>;

export interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string };
}

export function attributesOf(values: Values): Attribute[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === null) return [];
    return [{ key, value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) } }];
  });
}

/** SPAN_KIND_INTERNAL, _CLIENT, _PRODUCER and _CONSUMER of the protocol. */
export const spanKinds = { internal: 1, client: 3, producer: 4, consumer: 5 } as const;

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events?: readonly object[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code: 2; readonly message: string };
}

/** The same for the same text: 16 bytes in hexadecimal digits. */
export function traceIdOf(text: string): string {
  return digestOf(text, 32);
}

/** The same for the same text: 8 bytes in hexadecimal digits. */
export function spanIdOf(text: string): string {
  return digestOf(text, 16);
}

function digestOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** @param ns since the row began */
export function unixNano(beginNs: bigint, ns: number): string {
  return String(beginNs + BigInt(ns));
}
