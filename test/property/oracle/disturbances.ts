/** What each disturbance that was recorded came to: its effects, and whether they met an open pair. */
import type { DisturbanceAction } from '../../../src/domain/scenario/disturbance.js';
import type { DisturbanceEvidence } from '../../../src/domain/report/verdict.js';
import { rebalancesOf } from './disruptions.js';
import type { Facts, Noted } from './facts.js';
import { metAt, metWithin, type Pair } from './pairs.js';
import { queueOf } from './places.js';

type Kind = DisturbanceAction['kind'];

const kinds = [
  'join',
  'leave',
  'stall',
  'pause',
  'crash',
  'workers',
  'partitions',
  'restart',
  'refuse',
] as const satisfies readonly Kind[];

export function disturbancesOf(facts: Facts, all: readonly Pair[]): readonly DisturbanceEvidence[] {
  const pairs = knownOf(facts, all);
  const noted = facts.notes.flatMap(({ time, note }) => {
    const kind = kinds.find((one) => note.kind === 'disturbance' && note.detail.what === one);
    return kind === undefined ? [] : [{ time, kind }];
  });
  return noted.map((one) => {
    const { kind } = one;
    const rivals = noted.filter((other) => sharesEffects(other.kind, kind));
    const effects = effectsOf(kind, one.time, facts).filter(
      (time) => rivals.filter((other) => other.time < time).at(-1) === one,
    );
    // An effect may come later, when a broker is back or a group has settled: what was open meanwhile counts.
    const windows = effects.map((to) => ({ from: one.time, to }));
    const { metInFlight, metWaiting } = metWithin(windows, pairs);
    return {
      what: kind,
      effects: effects.length,
      metInFlight: Math.min(metInFlight, 1),
      metWaiting: metInFlight > 0 ? 0 : Math.min(metWaiting, 1),
    };
  });
}

function sharesEffects(a: Kind, b: Kind): boolean {
  const changesMembers: readonly Kind[] = ['join', 'leave', 'stall'];
  return a === b || (changesMembers.includes(a) && changesMembers.includes(b));
}

/** Times, ascending, at which what could be an effect of a disturbance at `noted` was seen, earlier ones included. */
function effectsOf(kind: Kind, noted: number, facts: Facts): readonly number[] {
  const notes = (...of: readonly Noted['note']['kind'][]): readonly Noted[] =>
    facts.notes.filter(({ note }) => of.includes(note.kind));
  switch (kind) {
    case 'crash':
      return timesOf(
        notes('crashed'),
        facts.finished.filter(({ attempt }) => attempt.outcome === 'crashed'),
      );
    case 'workers':
      return timesOf(notes('resized'));
    case 'partitions':
      return timesOf(inNewPartitions(noted, facts));
    case 'join':
    case 'leave':
    case 'stall':
      return timesOf(rebalancesOf(facts));
    case 'pause':
      return timesOf(notes('paused'));
    case 'restart':
      return timesOf(notes('reconnect', 'fault'));
    case 'refuse':
      return timesOf(
        facts.notes.filter(({ note }) => note.kind === 'fault' && note.detail.what === 'produce-retry'),
        facts.results.filter(({ result }) => !result.ok),
      );
  }
}

/** When events in new partitions first met an open pair, of each time that partitions were added while none was. */
export function keysMovedAt(facts: Facts, all: readonly Pair[]): readonly number[] {
  const pairs = knownOf(facts, all);
  const isOpen = (time: number): boolean => {
    const { metInFlight, metWaiting } = metAt([time], pairs);
    return metInFlight + metWaiting > 0;
  };
  const added = facts.notes.filter(({ note }) => note.kind === 'disturbance' && note.detail.what === 'partitions');
  return added.flatMap(({ time }, i) => {
    if (isOpen(time)) return [];
    const until = added[i + 1]?.time ?? Infinity;
    const first = timesOf(inNewPartitions(time, facts)).find((at) => at < until && isOpen(at));
    return first === undefined ? [] : [first];
  });
}

/** A pair is open at a queue; of one whose queue is not known, nothing is said. */
function knownOf(facts: Facts, pairs: readonly Pair[]): readonly Pair[] {
  return pairs.filter(({ lower }) => lower !== null && queueOf(lower.delivery.subscription, facts) !== undefined);
}

/** Publish results and deliveries in a partition above the highest one seen before. */
function inNewPartitions(noted: number, { results, delivered }: Facts): readonly { readonly time: number }[] {
  const seen = [
    ...results.map(({ time, result }) => ({ time, partition: result.partition })),
    ...delivered.map(({ time, delivery }) => ({ time, partition: delivery.partition })),
  ];
  const highest = Math.max(-1, ...seen.filter(({ time }) => time < noted).map(({ partition }) => partition));
  return seen.filter(({ time, partition }) => time > noted && partition > highest);
}

function timesOf(...effects: readonly (readonly { readonly time: number }[])[]): readonly number[] {
  return effects
    .flat()
    .map(({ time }) => time)
    .sort((a, b) => a - b);
}
