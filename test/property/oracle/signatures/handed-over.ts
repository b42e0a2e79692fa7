/**
 * What became of each hand-over by some time: whether the bus still has it, how it ended, how it was answered. A
 * delivery that was not seen was handed over when its handler first started.
 */
import type { AckKind, Delivery } from '../../../../src/domain/observation.js';
import { releasesDelivery } from '../../../../src/domain/run-note.js';
import type { Facts, Started } from '../facts.js';

export interface HandOver {
  readonly time: number;
  readonly unit: string;
  readonly version: number;
  readonly delivery: Delivery;
}

export type Became =
  'waiting' | 'running' | 'retried' | 'done' | 'failed' | 'crashed' | 'rejected' | 'given-back' | 'discarded';

/** In the order in which they were handed over. */
export function handOversOf(facts: Facts): readonly HandOver[] {
  const isSeen = (id: number): boolean => facts.delivered.some(({ delivery }) => delivery.id === id);
  const unseen = facts.started.filter(
    ({ attempt }, i) =>
      !isSeen(attempt.delivery.id) &&
      !facts.started.slice(0, i).some((one) => one.attempt.delivery.id === attempt.delivery.id),
  );
  const atStart = unseen.map(({ time, unit, version, attempt }) => ({
    time,
    unit,
    version,
    delivery: attempt.delivery,
  }));
  return [...facts.delivered, ...atStart].sort((a, b) => a.time - b.time);
}

/** The last thing that befell it before that time. */
export function becameOf({ delivery: { id }, time: from }: HandOver, time: number, facts: Facts): Became {
  const started = facts.started
    .filter(({ attempt }) => attempt.delivery.id === id)
    .map((one) => ({ time: one.time, what: 'running' as const }));
  const finished = facts.finished
    .filter(({ delivery }) => delivery.id === id)
    .map((one) => ({ time: one.time, what: one.attempt.outcome as Became }));
  const released = facts.notes.flatMap(({ time: at, note }) =>
    releasesDelivery(note) && note.detail.delivery === id ? [{ time: at, what: note.kind }] : [],
  );
  const all: readonly { readonly time: number; readonly what: Became }[] = [
    ...started,
    ...finished,
    ...released,
    { time: from, what: 'waiting' },
  ];
  return all.filter((one) => one.time <= from || one.time < time).sort((a, b) => b.time - a.time)[0]!.what;
}

export function isHeld(became: Became): boolean {
  return became === 'waiting' || became === 'running' || became === 'retried';
}

/** Its first answer before that time; null: none. */
export function answerTo({ delivery }: HandOver, time: number, facts: Facts): Exclude<AckKind, 'progress'> | null {
  const first = facts.acks.find((one) => one.delivery.id === delivery.id && one.ack !== 'progress' && one.time < time);
  return first === undefined ? null : (first.ack as Exclude<AckKind, 'progress'>);
}

export function answeredAt({ delivery }: HandOver, facts: Facts): number {
  return facts.acks.find((one) => one.delivery.id === delivery.id && one.ack !== 'progress')?.time ?? Infinity;
}

/** The last start of a handler for it before that time. */
export function startOf({ delivery }: HandOver, time: number, facts: Facts): Started | undefined {
  return facts.started.findLast((one) => one.attempt.delivery.id === delivery.id && one.time < time);
}

/** When that attempt, or a later end of one of its delivery, was seen by that time; Infinity: not. */
export function endOf({ attempt, time: from }: Started, time: number, facts: Facts): number {
  const ends = facts.finished.filter(({ delivery }) => delivery.id === attempt.delivery.id);
  return ends.findLast((one) => one.time > from && one.time < time)?.time ?? Infinity;
}

/** Handled and acknowledged, or acknowledged and dropped: it can no longer be what an event comes again for. */
export function isOver(handOver: HandOver, time: number, facts: Facts): boolean {
  const became = becameOf(handOver, time, facts);
  return (became === 'done' || became === 'discarded') && answerTo(handOver, time, facts) === 'ack';
}
