/**
 * A regression is the first observation of a version when a higher version has been observed already. Its extent is how
 * many places after the earliest higher version it came, among first observations. The depth that a resequencer would
 * need is the most higher versions that had arrived before one of them.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History } from './support/history.js';

describe('regressions', () => {
  it('are none where versions are observed in order', () => {
    const { counts, reordering } = handledInOrder([1, 2, 3, 4, 5]).verdict();
    expect(counts).toMatchObject({ regressions: 0, gaps: 0, violations: 0 });
    expect(reordering).toEqual({ extentP50: null, extentMax: null, resequencerDepth: null });
  });

  it('are one where two neighbours change places, with extent 1', () => {
    const { counts, reordering } = handledInOrder([1, 3, 2, 4]).verdict();
    expect(counts.regressions).toBe(1);
    expect(reordering).toEqual({ extentP50: 1, extentMax: 1, resequencerDepth: 1 });
  });

  it('are three in 1 5 2 3 4, each paired with 5, with extents 1, 2 and 3', () => {
    const { counts, aggregates, reordering } = handledInOrder([1, 5, 2, 3, 4]).verdict();
    expect(counts).toMatchObject({ regressions: 3, gaps: 3, openGaps: 0 });
    const pairs = aggregates[0]!.examples.map(({ version, afterVersion, witness }) => [
      version,
      afterVersion,
      witness.extent,
    ]);
    expect(pairs).toEqual([
      [2, 5, 1],
      [3, 5, 2],
      [4, 5, 3],
    ]);
    expect(reordering).toEqual({ extentP50: 2, extentMax: 3, resequencerDepth: 1 });
  });

  it('would have had a resequencer hold the 5 alone in 5 1 2 3 4, at an extent of 4', () => {
    const { reordering } = handledInOrder([5, 1, 2, 3, 4]).verdict();
    expect(reordering).toEqual({ extentP50: 2, extentMax: 4, resequencerDepth: 1 });
  });

  it('would have had a resequencer hold three events in 2 3 4 1, and in 3 4 2 5 1 four', () => {
    expect(handledInOrder([2, 3, 4, 1]).verdict().reordering.resequencerDepth).toBe(3);
    expect(handledInOrder([3, 4, 2, 5, 1]).verdict().reordering.resequencerDepth).toBe(4);
  });

  it('pair a late version with the earliest higher one, which opened the gap, not with the highest', () => {
    const { aggregates } = handledInOrder([2, 5, 1, 4, 3]).verdict();
    const pairs = aggregates[0]!.examples.map(({ version, afterVersion }) => [version, afterVersion]);
    expect(pairs).toEqual([
      [1, 2],
      [4, 5],
      [3, 5],
    ]);
  });

  it('are counted once per version: a late version that is seen again is a duplicate', () => {
    const { counts } = handledInOrder([2, 1, 1]).verdict();
    expect(counts).toMatchObject({ regressions: 1, duplicates: { total: 1 } });
  });

  it('are judged over first attempts only: a retry is no observation', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const failing = history.deliver(1);
    history.finish(history.start(failing), 'failed');
    history.handle(2);
    history.finish(history.start(failing, { number: 2 }));
    const counts = history.counts();
    expect(counts).toMatchObject({ regressions: 0, duplicates: { total: 0 }, retries: 1, handled: 2, naive: 0 });
  });

  it('are judged where handlers start, whatever the order of delivery', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const second = history.deliver(2);
    const first = history.deliver(1);
    history.start(first);
    history.start(second);
    expect(history.counts().regressions).toBe(0);
  });

  it('are none between different aggregates', () => {
    const history = new History();
    history.publishAcked([1, 2], { aggregate: 0 });
    history.publishAcked([1], { aggregate: 1 });
    history.handle(1, { aggregate: 0 });
    history.handle(2, { aggregate: 0 });
    history.handle(1, { aggregate: 1 });
    expect(history.counts().regressions).toBe(0);
  });
});
