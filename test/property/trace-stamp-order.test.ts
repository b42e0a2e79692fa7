import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stampOf, type Observation } from '../../src/domain/observation.js';
import { StampOrder } from '../../src/observation/stamp-order.js';
import { ObservationLog } from '../observation/fixtures.js';

function noteWith(stamp: number): Observation {
  return { kind: 'note', record: { kind: 'fault', stamp, atMs: 0, detail: {} } };
}

function stampsOf(log: ObservationLog): number[] {
  return log.observed.map(stampOf);
}

/** Every stamp from 1 to n once, taken by some threads, each of which hands on its own in order. */
const interleaving = fc
  .array(fc.nat(4), { minLength: 1, maxLength: 300 })
  .chain((threads) => fc.tuple(fc.constant(threads), fc.array(fc.nat(4), { minLength: 300, maxLength: 600 })))
  .map(([takenBy, turns]) => {
    const queues: number[][] = [[], [], [], [], []];
    takenBy.forEach((thread, i) => queues[thread]!.push(i + 1));
    const arrived = turns.flatMap((thread) => queues[thread]!.splice(0, 1 + (thread % 3)));
    return [...arrived, ...queues.flat()];
  });

describe('StampOrder', () => {
  it('hands on every stamp in order, however the threads are interleaved', () => {
    fc.assert(
      fc.property(interleaving, (arrival) => {
        const log = new ObservationLog();
        const order = new StampOrder(log);
        for (const stamp of arrival) order.observe(noteWith(stamp));
        expect(stampsOf(log)).toEqual(arrival.map((_, i) => i + 1));
        expect([order.holes, order.late, order.held]).toEqual([0, 0, 0]);
      }),
    );
  });

  it('stays in order and loses count of nothing, whatever is missing, late or doubled, at any bound', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 200 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 64 }), (arrival, bound) => {
        const log = new ObservationLog();
        const order = new StampOrder(log, { bound });
        for (const stamp of arrival) order.observe(noteWith(stamp));
        order.end();
        const handedOn = stampsOf(log);
        expect(handedOn).toEqual([...new Set(handedOn)].sort((a, b) => a - b));
        expect(handedOn.length + order.late).toBe(arrival.length);
        expect(order.holes).toBe(Math.max(0, ...handedOn) - handedOn.length);
      }),
    );
  });
});
