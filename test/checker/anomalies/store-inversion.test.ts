/**
 * A store inversion is a version that lies in the log behind a higher one, in the same partition. Each such version
 * counts once, in whatever order the positions become known, as long as both are within the window.
 */
import { describe, expect, it } from 'vitest';
import { History } from '../support/history.js';

function storedAt(positions: readonly (readonly [version: number, position: number, partition?: number])[]): History {
  const history = new History();
  for (const [version] of positions) history.publish(version);
  for (const [version, position, partition = 0] of positions) history.deliver(version, { position, partition });
  return history;
}

describe('store inversions', () => {
  it('are none where positions rise with versions, however they arrive', () => {
    expect(storedAt([[1, 10], [2, 20], [3, 30]]).counts().storeInversions).toBe(0); // prettier-ignore
    expect(storedAt([[3, 30], [1, 10], [2, 20]]).counts().storeInversions).toBe(0); // prettier-ignore
  });

  it('are one where two neighbours are stored in the wrong order, however they arrive', () => {
    expect(storedAt([[1, 10], [2, 30], [3, 20]]).counts().storeInversions).toBe(1); // prettier-ignore
    expect(storedAt([[3, 20], [2, 30], [1, 10]]).counts().storeInversions).toBe(1); // prettier-ignore
  });

  it('count every version that lies behind a higher one, once', () => {
    expect(storedAt([[1, 20], [2, 30], [3, 40], [4, 10]]).counts().storeInversions).toBe(3); // prettier-ignore
    expect(storedAt([[1, 40], [2, 10], [3, 20], [4, 30]]).counts().storeInversions).toBe(1); // prettier-ignore
  });

  it('are none between partitions, where the log has no order', () => {
    expect(storedAt([[1, 20, 0], [2, 10, 1]]).counts().storeInversions).toBe(0); // prettier-ignore
    expect(storedAt([[1, 20, 0], [2, 15, 1], [3, 10, 0]]).counts().storeInversions).toBe(1); // prettier-ignore
  });

  it('are found from publish results alone', () => {
    const history = new History();
    history.publish(1);
    history.publish(2);
    history.acked(2, 0, 5);
    history.acked(1, 0, 6);
    expect(history.counts().storeInversions).toBe(1);
  });

  it('compare the first position that became known of a version', () => {
    const history = storedAt([[1, 10], [2, 20], [1, 30]]); // prettier-ignore
    expect(history.counts().storeInversions).toBe(0);
  });

  it('are not looked for behind the window', () => {
    const history = new History();
    history.publishAcked([1, 2, 3, 4]);
    history.handle(1, { position: 50 });
    history.handleAll([2, 3], { position: 60 });
    history.handle(4, { position: 40 });
    expect(history.counts().storeInversions).toBe(3);
    expect(history.counts({ positionWindow: 2 }).storeInversions).toBe(2);
  });

  it('take no memory to speak of where a version jumps absurdly far', () => {
    const history = storedAt([[1, 10], [2_000_000_000, 20], [2, 30]]); // prettier-ignore
    expect(history.verdictOfChecker().counts.storeInversions).toBe(0);
  });
});
