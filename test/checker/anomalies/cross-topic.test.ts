/**
 * Order is promised within a topic. A version of a whole aggregate that is first observed after a higher one, the
 * earliest such being of another topic, is counted as crossTopic: evidence, unless order is promised per aggregate.
 */
import { describe, expect, it } from 'vitest';
import { History } from '../support/history.js';

/** Odd versions on topic 0, even ones on topic 1. */
function spread(order: readonly number[]): History {
  const history = new History();
  const highest = Math.max(...order);
  for (let version = 1; version <= highest; version++) history.publishAcked([version], { topic: (version - 1) % 2 });
  history.handleAll(order);
  return history;
}

describe('an aggregate on several topics', () => {
  it('is in order where each topic is, and only the merge is not', () => {
    const history = spread([1, 3, 5, 2, 4]);
    expect(history.counts()).toMatchObject({ crossTopic: 2, regressions: 0, gaps: 0, violations: 0 });
  });

  it('regresses where order is promised per aggregate', () => {
    const history = spread([1, 3, 5, 2, 4]);
    const counts = history.counts({ orderScope: 'aggregate' });
    expect(counts).toMatchObject({ crossTopic: 2, regressions: 2, gaps: 2, violations: 2 });
  });

  it('asks the earliest higher version: where that is of the same topic, the pair is the topic’s own', () => {
    expect(spread([3, 2, 1]).counts()).toMatchObject({ crossTopic: 1, regressions: 1 });
    expect(spread([3, 2, 1]).counts({ orderScope: 'aggregate' })).toMatchObject({ crossTopic: 1, regressions: 2 });
  });

  it('has no pairs across topics, unless order is promised per aggregate', () => {
    const history = spread([1, 2, 3]);
    expect(history.verdict().exposure).toMatchObject({ pairs: 0, contestedPairs: 0 });
    expect(history.verdict({ orderScope: 'aggregate' }).exposure).toMatchObject({ pairs: 2, contestedPairs: 2 });
  });

  it('keeps the versions that each topic published apart: of one id on two, one regresses and one does not', () => {
    for (const order of [
      [2, 1, 3],
      [3, 2, 1],
    ]) {
      const history = new History();
      history.publishAcked([1, 2, 3], { topic: 0 });
      history.publishAcked([1, 2, 3], { topic: 1 });
      history.handleAll([1, 2, 3], { topic: 0 });
      history.handleAll(order, { topic: 1 });
      const { counts } = history.verdict({ allow: ['duplicate', 'phantom'] });
      const regressions = order[0]! - 1;
      expect(counts).toMatchObject({ regressions, gaps: regressions, phantoms: 0, violations: regressions });
      expect(counts.duplicates.total).toBe(0);
    }
  });

  it('has pairs, losses and phantoms in each topic by what that topic published', () => {
    const history = new History();
    history.publishAcked([1, 2], { topic: 0 });
    history.publishAcked([1, 2], { topic: 1 });
    history.handleAll([1, 2], { topic: 0 });
    history.handle(3, { topic: 1 });
    const { counts, exposure } = history.verdict();
    expect(counts).toMatchObject({ lost: 2, gaps: 2, openGaps: 0, phantoms: 1 });
    expect(exposure).toMatchObject({ pairs: 2, contestedPairs: 2 });
  });

  it('is judged as one unit for each topic', () => {
    expect(spread([1, 2]).verdict().aggregatesTotal).toBe(2);
    expect(spread([1, 2]).verdict({ orderScope: 'aggregate' }).aggregatesTotal).toBe(1);
  });

  it('remembers what arrived before its second topic turned up', () => {
    const history = new History();
    history.publishAcked([1, 3, 4], { topic: 0 });
    history.handleAll([1, 4]);
    history.publishAcked([2], { topic: 1 });
    history.handleAll([2, 3]);
    expect(history.counts()).toMatchObject({ crossTopic: 1, regressions: 1, gaps: 1 });
  });
});
