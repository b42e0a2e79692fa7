import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimerHeap } from '../../../src/runtime/virtual/timer-heap.js';

describe('the timer heap', () => {
  it('gives callbacks back by time, then by tie, whatever the order in which they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(1000))), (entries) => {
        const heap = new TimerHeap();
        const out: (readonly [number, number])[] = [];
        for (const entry of entries) heap.push(entry[0], entry[1], () => out.push(entry), false);
        while (heap.size > 0) heap.pop()();
        expect(out).toEqual([...entries].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
    );
  });

  it('has nothing due while it is empty', () => {
    expect(new TimerHeap().nextMs).toBe(Infinity);
    expect(() => new TimerHeap().pop()).toThrow(RangeError);
  });
});
