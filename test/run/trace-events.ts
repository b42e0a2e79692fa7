/** What a trace says of a run beside its events: notes by their kind, and acknowledgements. For tests. */
import { readFileSync } from 'node:fs';

export interface TraceEvent {
  readonly event: string;
  readonly stamp: number;
  readonly us: number;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface TraceDelivery {
  readonly aggregateId: string;
  readonly topic: string;
  readonly version: number;
  readonly partition: number;
  readonly subscription: string;
  readonly delivered: number;
}

export interface TraceAck {
  readonly ack: string;
  readonly delivery: number;
  readonly stamp: number;
  readonly us: number;
}

export interface TracedRun {
  readonly events: readonly TraceEvent[];
  readonly acks: readonly TraceAck[];
  /** By the stamp of the delivery. */
  readonly deliveries: ReadonlyMap<number, TraceDelivery>;
  /** Lines that declare stamps of which nothing is known. */
  readonly holes: number;
  /** Notes of this kind, in the order in which they were recorded. */
  notes(kind: string): readonly TraceEvent[];
}

export function readTraceEvents(path: string): TracedRun {
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly kind: string } & Record<string, unknown>);
  const of = (kind: string): unknown[] => lines.filter((line) => line.kind === kind);
  const events = (of('event') as TraceEvent[]).toSorted((a, b) => a.stamp - b.stamp);
  return {
    events,
    acks: (of('ack') as TraceAck[]).toSorted((a, b) => a.stamp - b.stamp),
    deliveries: new Map((of('delivery') as TraceDelivery[]).map((delivery) => [delivery.delivered, delivery])),
    holes: of('hole').length,
    notes: (kind) => events.filter(({ event }) => event === kind),
  };
}
