/**
 * The naive count is what `version <= highest so far` counts; a descent is a version lower than the previous one. Both
 * are reported so that a team can find its own number again. The naive count is always regressions plus duplicates. Two
 * more checkers have faults that show where handlings overlap: one judges at completion, one reads and writes without a
 * lock.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History } from '../support/history.js';

it('counts regressions and duplicates alike', () => {
  const counts = handledInOrder([1, 3, 2, 2, 3, 4]).counts();
  expect(counts).toMatchObject({ naive: 3, regressions: 1, duplicates: { total: 2 } });
});

it('counts descents against the previous observation only', () => {
  expect(handledInOrder([1, 5, 2, 3, 4]).counts()).toMatchObject({ descents: 1, naive: 3 });
  expect(handledInOrder([5, 4, 3, 2, 1]).counts()).toMatchObject({ descents: 4, naive: 4 });
  expect(handledInOrder([1, 1]).counts()).toMatchObject({ descents: 0, naive: 1 });
});

describe('a checker that judges at completion', () => {
  it('counts what ends late, though it started in order', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const [first, second] = [history.start(history.deliver(1)), history.start(history.deliver(2))];
    history.finish(second);
    history.finish(first);
    expect(history.counts()).toMatchObject({ completionOrder: 1, naive: 0, regressions: 0 });
  });

  it('counts what comes late or again where handlings do not overlap, as the naive one does', () => {
    expect(handledInOrder([1, 3, 2, 2, 3, 4]).counts()).toMatchObject({ completionOrder: 3, naive: 3 });
  });

  it('does not see a handling that failed', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.finish(history.start(history.deliver(2)));
    history.finish(history.start(history.deliver(1)), 'failed');
    expect(history.counts()).toMatchObject({ completionOrder: 0, naive: 1 });
  });
});

describe('a racy checker', () => {
  it('misses what is written between its read and its write', () => {
    const history = new History();
    history.publishAcked([1, 2, 3, 4]);
    history.handle(1);
    const [second, third] = [history.start(history.deliver(2)), history.start(history.deliver(3))];
    history.finish(third);
    history.finish(second);
    // 3 read 1, since 2 had not written; 4 reads 2, which was written last.
    history.handle(4);
    expect(history.counts()).toMatchObject({ racy: 2, regressions: 0, naive: 0 });
  });

  it('counts nothing where an aggregate is handled one by one and in order', () => {
    expect(handledInOrder([1, 2, 3, 4]).counts()).toMatchObject({ racy: 0, completionOrder: 0 });
  });

  it('says nothing of a version before which none was written', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const [first, second] = [history.start(history.deliver(1)), history.start(history.deliver(2))];
    history.finish(first);
    history.finish(second);
    expect(history.counts()).toMatchObject({ racy: 0, overlaps: 1 });
  });
});
