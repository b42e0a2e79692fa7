import { expect, it } from 'vitest';
import { drive } from './drive.js';

/** Aggregates of even numbers are one subscription's and one topic's, those of odd numbers another's. */
const ofSubscription = (names: readonly string[], subscription: number): string[] =>
  names.filter((name) => Number(name.split('/')[0]) % 2 === subscription);

const taken = Array.from({ length: 10 }, (_, version) =>
  Array.from({ length: 10 }, (_, aggregate) => `${aggregate}/${version + 1}`),
).flat();

it('acknowledges without a hole what each subscription has taken from a partition, whatever is done first', async () => {
  let doneElsewise = 0;
  for (let seed = 0; seed < 20; seed++) {
    const { acks, done } = await drive({ strategy: 'parallel-keys', seed, workers: 16, failShare: 0.2 });
    const acked = acks.map((ack) => ack.replace('ack ', ''));
    for (const subscription of [0, 1]) {
      expect(ofSubscription(acked, subscription), `seed ${seed}`).toEqual(ofSubscription(taken, subscription));
      if (ofSubscription(done, subscription).join() !== ofSubscription(taken, subscription).join()) doneElsewise++;
    }
    expect(acked.join(), `seed ${seed}`).not.toBe(taken.join());
  }
  expect(doneElsewise).toBe(40);
});
