/**
 * Brings the events of one source into the order of their times. Spans are written when they end, so an event is held
 * until one is seen that is later by the window. What comes later still is told to be late: its place is gone.
 *
 * Where clocks show the same time, the lower version goes first, so that nothing is called out of order that the times
 * do not prove; that two events of an aggregate have one time is told as well.
 */
import type { RecordEvent } from '../../domain/record/record-fields.js';
import type { SpanEvent } from './span-events.js';

/** How much later than its time an event may be read. */
export const windowSeconds = 10;
const windowNs = BigInt(windowSeconds) * 1_000_000_000n;
/** Events that are held before it is worth while to sort. */
const sortedAtOnce = 4_096;

const order: readonly RecordEvent[] = ['publish', 'acked', 'deliver', 'start', 'handled', 'finish', 'ack'];

export type Place = 'in-order' | 'late' | 'tied';

export class TimeOrder {
  readonly #put: (event: SpanEvent, place: Place) => void;
  #held: SpanEvent[] = [];
  #sortAt = sortedAtOnce;
  #latest = 0n;
  #put_ = 0n;
  /** What was put at the time of the last event: version by event, topic and aggregate. */
  readonly #atThatTime = new Map<string, string>();

  constructor(put: (event: SpanEvent, place: Place) => void) {
    this.#put = put;
  }

  add(event: SpanEvent): void {
    if (event.ns < this.#put_) {
      this.#put(event, 'late');
      return;
    }
    if (event.ns > this.#latest) this.#latest = event.ns;
    this.#held.push(event);
  }

  /** Puts what is older than the window; all of it at the end. */
  flush(isLast: boolean): void {
    if (!isLast && this.#held.length < this.#sortAt) return;
    this.#held.sort(compared);
    const until = this.#latest - windowNs;
    const kept = isLast ? -1 : this.#held.findIndex(({ ns }) => ns >= until);
    const ready = kept < 0 ? this.#held : this.#held.slice(0, kept);
    this.#held = kept < 0 ? [] : this.#held.slice(kept);
    this.#sortAt = Math.max(sortedAtOnce, 2 * this.#held.length);
    for (const event of ready) this.#putNext(event);
  }

  #putNext(event: SpanEvent): void {
    if (event.ns > this.#put_) this.#atThatTime.clear();
    this.#put_ = event.ns;
    const key = JSON.stringify([event.event, event.texts.get('topic'), event.texts.get('aggregate')]);
    const version = event.texts.get('version') ?? '';
    const other = this.#atThatTime.get(key);
    this.#atThatTime.set(key, version);
    this.#put(event, other === undefined || other === version ? 'in-order' : 'tied');
  }
}

function compared(a: SpanEvent, b: SpanEvent): number {
  if (a.ns !== b.ns) return a.ns < b.ns ? -1 : 1;
  const [first, second] = [versionOf(a), versionOf(b)];
  if (first !== second) return first < second ? -1 : 1;
  return order.indexOf(a.event) - order.indexOf(b.event);
}

function versionOf({ texts }: SpanEvent): bigint {
  const text = texts.get('version') ?? '';
  return /^-?\d{1,19}$/.test(text) ? BigInt(text) : 0n;
}
