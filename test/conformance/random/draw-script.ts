/**
 * Draws scripts by chance: everything that the model and a server both know, each operation and each setting often
 * enough to be met with every other. What is drawn depends on the seed alone.
 */
import fc from 'fast-check';
import type { DurableSettings } from '../script.js';
import { duration, noLimit, type DrawnScript, type Operation } from './drawn-script.js';

/** What the server may be asked for. */
export interface Abilities {
  readonly severalFilters: boolean;
  readonly backoffNeedsMaxDeliver: boolean;
}

/** So many scripts. @param seed any whole number */
export function drawScripts(seed: number, count: number, abilities: Abilities): readonly DrawnScript[] {
  return fc.sample(scripts(abilities), { seed, numRuns: count });
}

const subjects = fc.constantFrom('a', 'b');
const pullers = fc.constantFrom('A' as const, 'B' as const);

function scripts(abilities: Abilities): fc.Arbitrary<DrawnScript> {
  const named = ['d', 'e', 'f'].map((name) => durable(name, abilities));
  return fc
    .constantFrom(1, 1, 1, 2, 2, 3)
    .chain((count) =>
      fc.record({
        durables: fc.tuple(...named.slice(0, count)),
        operations: fc.array(operation(count), { minLength: 6, maxLength: 18, size: 'max' }),
      }),
    )
    .map((script) => ({ ...script, operations: [...script.operations, { kind: 'info' as const }] }));
}

/** A value, or null as often. */
function perhaps<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { nil: null, freq: 2 });
}

function durable(name: string, { severalFilters, backoffNeedsMaxDeliver }: Abilities): fc.Arbitrary<DurableSettings> {
  const filters = [[], [], [], ['a'], ['b'], ['*'], ...(severalFilters ? [['a', 'b']] : [])];
  const steps = fc.constantFrom(...[1, 2, 3].map(duration));
  return fc
    .record({
      name: fc.constant(name),
      ackPolicy: fc.constantFrom('explicit' as const, 'explicit' as const, 'all' as const, 'none' as const),
      ackWaitMs: fc.constantFrom(...[1, 2, 3, 20].map(duration)),
      filters: fc.constantFrom(...filters),
      maxAckPending: fc.constantFrom(noLimit, noLimit, 1, 2, 3),
      maxDeliver: fc.constantFrom(null, null, 1, 2, 3),
      backoffMs: perhaps(fc.array(steps, { minLength: 1, maxLength: 2 })),
      maxWaiting: fc.constantFrom(null, null, null, null, 1, 2),
      startSequence: fc.constantFrom(1, 1, 1, 1, 2, 4, 7),
      inactiveMs: fc.constant(null),
      pinTimeoutMs: fc.constant(null),
    })
    .map(({ backoffMs, ...rest }) => {
      if (rest.ackPolicy === 'none') return { ...rest, backoffMs: [], maxDeliver: null, maxAckPending: noLimit };
      if (backoffMs === null) return { ...rest, backoffMs: [] };
      const least = backoffNeedsMaxDeliver ? backoffMs.length + 1 : backoffMs.length;
      const maxDeliver =
        rest.maxDeliver === null && !backoffNeedsMaxDeliver ? null : Math.max(rest.maxDeliver ?? 0, least);
      // The server takes the first step for the ack wait.
      return { ...rest, backoffMs, maxDeliver, ackWaitMs: backoffMs[0]! };
    });
}

function operation(durables: number): fc.Arbitrary<Operation> {
  const durable = fc.nat(durables - 1);
  const delays = fc.constantFrom(...[0, 1, 2].map(duration));
  const publish = fc.record({
    kind: fc.constant('publish' as const),
    count: fc.constantFrom(1, 1, 2, 3, 5),
    subject: subjects,
    messageId: fc.constantFrom(null, null, null, null, null, null, 'x', 'y'),
  });
  const pull = fc.record({
    kind: fc.constant('pull' as const),
    durable,
    puller: pullers,
    batch: fc.constantFrom(1, 2, 3, 5),
    expiresMs: fc.option(fc.constantFrom(...[0, 1, 3, 8].map(duration)), { nil: null, freq: 3 }),
    noWait: fc.constantFrom(false, false, true),
    unheard: fc.constantFrom(false, false, false, false, false, false, true),
  });
  const settle = fc.record({
    kind: fc.constant('settle' as const),
    how: fc.constantFrom(
      'ack' as const,
      'ack' as const,
      'nak' as const,
      'nak' as const,
      'term' as const,
      'progress' as const,
    ),
    durable,
    pick: fc.nat(5),
    delayMs: perhaps(delays),
  });
  return fc.oneof(
    { weight: 5, arbitrary: publish },
    { weight: 8, arbitrary: pull },
    { weight: 12, arbitrary: settle.map((one) => (one.how === 'nak' ? one : { ...one, delayMs: null })) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), durable, puller: pullers }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), durable }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('create' as const), durable }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'info' as const }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pause' as const), slots: fc.constantFrom(1, 2, 3, 5) }) },
  );
}
