/**
 * A gap is a version that had not been observed when a higher one was: counted once per missing version, when it is
 * first skipped. In the end a gap has become a regression or a loss, or it is open.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History, notDrained } from './support/history.js';

describe('gaps', () => {
  it('are the versions that a first observation skips', () => {
    expect(handledInOrder([1, 5, 2, 3, 4]).counts()).toMatchObject({ gaps: 3, regressions: 3, openGaps: 0 });
  });

  it('count from version 1 on', () => {
    const history = new History();
    history.handle(3);
    expect(history.counts()).toMatchObject({ gaps: 2, openGaps: 2 });
  });

  it('are counted when first skipped, not once more for each higher version', () => {
    expect(handledInOrder([1, 3, 4, 5]).counts().gaps).toBe(1);
  });

  it('become losses at the end of a complete drain', () => {
    expect(handledInOrder([1, 3]).counts()).toMatchObject({ gaps: 1, lost: 1, openGaps: 0, regressions: 0 });
  });

  it('stay open where the drain is incomplete', () => {
    expect(handledInOrder([1, 3]).counts({}, notDrained)).toMatchObject({ gaps: 1, lost: 0, unseen: 1, openGaps: 1 });
  });

  it('stay open where the publish call failed, since nothing was promised then', () => {
    const history = new History();
    history.publishAcked([1]);
    history.publish(2);
    history.refused(2);
    history.publishAcked([3]);
    history.handleAll([1, 3]);
    expect(history.counts()).toMatchObject({ gaps: 1, lost: 0, openGaps: 1 });
  });

  it('are none in the versions that belong to another topic', () => {
    const history = new History();
    history.publishAcked([1, 3], { topic: 0 });
    history.publishAcked([2, 4], { topic: 1 });
    history.handleAll([1, 3, 2, 4]);
    expect(history.counts()).toMatchObject({ gaps: 0, regressions: 0 });
  });

  it('are forgotten where a skipped version turns out to belong to another topic', () => {
    const history = new History();
    history.publishAcked([1, 3], { topic: 0 });
    history.handleAll([1, 3]);
    history.publishAcked([2], { topic: 1 });
    history.handle(2);
    expect(history.counts()).toMatchObject({ gaps: 0, regressions: 0 });
  });

  it('stay regressions where a version that another topic published arrives here after a higher one', () => {
    const history = new History();
    history.publishAcked([1, 3], { topic: 0 });
    history.publishAcked([2], { topic: 1 });
    history.handleAll([1, 3], { topic: 0 });
    history.handle(2, { topic: 0 });
    const { counts } = history.verdict();
    expect(counts).toMatchObject({ gaps: 1, regressions: 1, openGaps: 0, phantoms: 1, lost: 1 });
  });

  it('count in both topics where both published the version', () => {
    const history = new History();
    history.publishAcked([1, 2, 3], { topic: 0 });
    history.publishAcked([1, 2, 3], { topic: 1 });
    history.handleAll([1, 3], { topic: 0 });
    history.handleAll([1, 3], { topic: 1 });
    expect(history.verdict({}, notDrained).counts).toMatchObject({ gaps: 2, openGaps: 2, unseen: 2 });
  });

  it('were attempted where the version was published, answered or not, and no loss explains them', () => {
    const history = new History();
    history.publishAcked([1]);
    history.publish(2);
    history.refused(2);
    history.publish(3);
    history.publishAcked([5, 6, 7]);
    history.handleAll([1, 5, 7]);
    const { counts, evidence } = history.verdict();
    expect(counts).toMatchObject({ gaps: 4, openGaps: 3, lost: 1 });
    expect(evidence.attemptedGaps).toBe(2);
    expect(history.verdict({}, notDrained).evidence.attemptedGaps).toBe(3);
  });

  it('cost no time and no memory however far a version jumps', () => {
    const history = new History();
    history.handleAll([1, 4_000_000_000, 2]);
    expect(history.verdictOfChecker().counts).toMatchObject({ gaps: 3_999_999_998, regressions: 1 });
  });
});
