import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batcher } from '../../../src/broker/produce/batcher.js';

/** A batcher whose clock and requests are moved by hand. */
function setUp(options: { lingerMs?: number; batchBytes?: number; requestsInFlight?: number | null } = {}) {
  const sent: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const timers: { ms: number; callback: () => void }[] = [];
  const batcher = new Batcher<string>({
    lingerMs: options.lingerMs ?? 0,
    batchBytes: options.batchBytes ?? 100,
    requestsInFlight: options.requestsInFlight ?? null,
    later: (ms, callback) => timers.push({ ms, callback }),
    send: (batch, ended) => {
      sent.push(batch);
      ends.push(ended);
    },
  });
  const add = (names: string, bytes = 1) => {
    for (const name of names) batcher.add(name, bytes);
  };
  const elapse = () => timers.splice(0).forEach(({ callback }) => callback());
  return {
    batcher,
    sent,
    timers,
    add,
    elapse,
    end: () => ends.shift()?.(),
    requests: () => sent.map((b) => b.join('')),
  };
}

describe('Batcher', () => {
  it('puts the events of one moment into one request', () => {
    const { add, elapse, requests, timers } = setUp();
    add('abc');
    expect(requests()).toEqual([]);
    expect(timers.map(({ ms }) => ms)).toEqual([0]);
    elapse();
    expect(requests()).toEqual(['abc']);
  });

  it('lets the first event of a request wait for its linger', () => {
    const { add, elapse, requests, timers } = setUp({ lingerMs: 5 });
    add('a');
    add('b');
    expect(timers.map(({ ms }) => ms)).toEqual([5]);
    elapse();
    add('c');
    expect(timers.map(({ ms }) => ms)).toEqual([5]);
    expect(requests()).toEqual(['ab']);
  });

  it('sends a full request at once', () => {
    const { add, requests } = setUp({ lingerMs: 1000, batchBytes: 30 });
    add('abcd', 10);
    expect(requests()).toEqual(['abc']);
  });

  it('begins the next request with the event that does not fit', () => {
    const { add, elapse, requests } = setUp({ batchBytes: 30 });
    add('abcd', 12);
    expect(requests()).toEqual(['ab']);
    elapse();
    expect(requests()).toEqual(['ab', 'cd']);
  });

  it('sends an event that is larger than a request alone', () => {
    const { add, batcher, elapse, requests } = setUp({ batchBytes: 30 });
    add('a', 1);
    batcher.add('L', 1000);
    add('b', 1);
    elapse();
    expect(requests()).toEqual(['a', 'L', 'b']);
  });

  it('holds requests back while as many as allowed are outstanding, and fills the next one meanwhile', () => {
    const { add, elapse, end, requests } = setUp({ requestsInFlight: 1 });
    add('a');
    elapse();
    add('b');
    elapse();
    add('c');
    elapse();
    expect(requests()).toEqual(['a']);
    end();
    expect(requests()).toEqual(['a', 'bc']);
  });

  it('sends without limit if none is given', () => {
    const { batcher, add, elapse, requests } = setUp({ requestsInFlight: null });
    for (const name of 'abc') {
      add(name);
      elapse();
    }
    expect(requests()).toEqual(['a', 'b', 'c']);
    expect(batcher.outstanding).toBe(3);
  });

  it('gives back what was not sent', () => {
    const { batcher, add, elapse, end, requests } = setUp({ requestsInFlight: 1, batchBytes: 2 });
    add('abcde');
    expect(requests()).toEqual(['ab']);
    expect(batcher.takeWaiting()).toEqual(['c', 'd', 'e']);
    elapse();
    end();
    expect(requests()).toEqual(['ab']);
  });

  it('sends every event once, in order, within its limits, whatever comes when', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), bytes: fc.integer({ min: 1, max: 40 }) }),
      fc.constant({ kind: 'elapse' as const }),
      fc.constant({ kind: 'end' as const }),
    );
    const limits = fc.record({
      batchBytes: fc.integer({ min: 1, max: 60 }),
      requestsInFlight: fc.option(fc.integer({ min: 1, max: 4 })),
      lingerMs: fc.constantFrom(0, 3),
    });
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 200 }), (options, steps) => {
        const sizes: number[] = [];
        const sent: number[] = [];
        const ends: (() => void)[] = [];
        let timers: (() => void)[] = [];
        const { batchBytes, requestsInFlight } = options;
        const batcher: Batcher<number> = new Batcher<number>({
          ...options,
          later: (_, callback) => timers.push(callback),
          send: (batch, ended) => {
            expect(batch.length).toBeGreaterThan(0);
            const bytes = batch.reduce((sum, item) => sum + sizes[item]!, 0);
            if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(batchBytes);
            sent.push(...batch);
            ends.push(ended);
          },
        });
        const elapse = () => {
          const now = timers;
          timers = [];
          for (const callback of now) callback();
        };
        for (const one of steps) {
          if (one.kind === 'add') batcher.add(sizes.push(one.bytes) - 1, one.bytes);
          else if (one.kind === 'elapse') elapse();
          else ends.shift()?.();
          expect(batcher.outstanding).toBe(ends.length);
          if (requestsInFlight !== null) expect(batcher.outstanding).toBeLessThanOrEqual(requestsInFlight);
        }
        elapse();
        while (ends.length > 0) ends.shift()?.();
        expect(sent).toEqual(sizes.map((_, index) => index));
      }),
    );
  });
});
