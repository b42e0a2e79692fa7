/** A key is split if an aggregate's events of one topic lie in more than one partition. */
import { describe, expect, it } from 'vitest';
import { History } from '../support/history.js';

function storedIn(places: readonly (readonly [version: number, topic: number, partition: number])[]): History {
  const history = new History();
  for (const [version, topic, partition] of places) history.handle(version, { topic, partition });
  return history;
}

describe('split keys', () => {
  it('are none where a topic has one partition for the aggregate', () => {
    expect(storedIn([[1, 0, 2], [2, 0, 2]]).counts().splitKeys).toBe(0); // prettier-ignore
  });

  it('count once per aggregate and topic, however many events lie elsewhere', () => {
    expect(storedIn([[1, 0, 0], [2, 0, 1], [3, 0, 2], [4, 0, 1]]).counts().splitKeys).toBe(1); // prettier-ignore
  });

  it('are none where different topics use different partitions, in either scope', () => {
    const history = storedIn([[1, 0, 0], [2, 1, 1], [3, 0, 0], [4, 1, 1]]); // prettier-ignore
    expect(history.counts().splitKeys).toBe(0);
    expect(history.counts({ orderScope: 'aggregate' }).splitKeys).toBe(0);
  });

  it('count each topic of an aggregate, in either scope', () => {
    const history = storedIn([[1, 0, 0], [2, 1, 0], [3, 0, 1], [4, 1, 2]]); // prettier-ignore
    expect(history.counts().splitKeys).toBe(2);
    expect(history.counts({ orderScope: 'aggregate' }).splitKeys).toBe(2);
  });

  it('are not inferred from an unknown partition', () => {
    expect(storedIn([[1, 0, 0], [2, 0, -1]]).counts().splitKeys).toBe(0); // prettier-ignore
  });
});
