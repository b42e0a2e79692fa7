import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AckTable, noToken } from '../../../src/broker/nats/ack-table.js';

describe('AckTable', () => {
  it('gives the reply subject of a message until it is settled', () => {
    const table = new AckTable();
    const token = table.add('reply-1');
    expect(table.get(token)).toBe('reply-1');
    expect(table.settle(token)).toBe('reply-1');
    expect(table.get(token)).toBeUndefined();
  });

  it('settles no other message when one is settled twice', () => {
    const table = new AckTable();
    const first = table.add('reply-1');
    table.settle(first);
    const second = table.add('reply-2');
    expect(table.settle(first)).toBeUndefined();
    expect(table.settle(second)).toBe('reply-2');
  });

  it('knows nothing of tokens that it never gave out', () => {
    const table = new AckTable();
    table.add('reply-1');
    for (const token of [noToken, 1, 7, 2 ** 22, 2 ** 30]) expect(table.settle(token)).toBeUndefined();
  });

  it('behaves as a map does, and its tokens fit into 32 bits, whatever is added and settled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 300 }), (choices) => {
        const table = new AckTable();
        const model = new Map<number, string>();
        for (const [step, choice] of choices.entries()) {
          const open = [...model.keys()];
          const token = choice < 10 ? open[choice] : undefined;
          if (token === undefined) {
            const added = table.add(`reply-${step}`);
            expect(model.has(added)).toBe(false);
            expect(added).toBeGreaterThanOrEqual(0);
            expect(added).toBeLessThan(2 ** 31);
            model.set(added, `reply-${step}`);
          } else {
            expect(table.settle(token)).toBe(model.get(token));
            model.delete(token);
          }
          for (const [open, reply] of model) expect(table.get(open)).toBe(reply);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('uses slots again, so that it does not grow with the run', () => {
    const table = new AckTable();
    const slots = new Set<number>();
    for (let i = 0; i < 10_000; i++) {
      const token = table.add('reply');
      slots.add(token % 2 ** 22);
      table.settle(token);
    }
    expect(slots.size).toBe(1);
  });
});
