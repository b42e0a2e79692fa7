import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timerQueue } from '../../../src/runtime/virtual/timer-queue.js';

describe('the timer queue', () => {
  it('gives timers back by time, then by tie, whatever the order in which they went in', () => {
    const time = fc.oneof({ weight: 9, arbitrary: fc.nat(20) }, fc.constant(Infinity));
    fc.assert(
      fc.property(fc.array(fc.tuple(time, fc.nat(1000))), (entries) => {
        const timers = timerQueue();
        for (const [timeMs, tie] of entries) timers.push({ timeMs, tie, callback: () => undefined, resumes: false });
        const out = entries.map(() => timers.pop()!).map(({ timeMs, tie }) => [timeMs, tie]);
        expect(timers.pop()).toBeUndefined();
        expect(out).toEqual([...entries].sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0])));
      }),
    );
  });
});
