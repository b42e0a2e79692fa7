import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fifo } from '../../../src/broker/nats/fifo.js';

describe('Fifo', () => {
  it('gives back what went in, in order, whatever the interleaving', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3000, max: 3000 }), { maxLength: 20 }), (steps) => {
        const fifo = new Fifo<number>();
        let pushed = 0;
        let taken = 0;
        for (const step of steps) {
          for (let i = 0; i < step; i++) fifo.push(pushed++);
          for (let i = 0; i > step; i--) expect(fifo.shift()).toBe(taken < pushed ? taken++ : undefined);
        }
      }),
      { numRuns: 10 },
    );
  });
});
