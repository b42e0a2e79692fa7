/**
 * Every aggregate with an anomaly is listed, worst first: most regressions, then most other anomalies, then most
 * losses, then by topic and name. The first hundred carry up to ten examples each.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History } from './support/history.js';

describe('the list of aggregates', () => {
  it('leaves out those without an anomaly and counts them', () => {
    const history = handledInOrder([1, 2]);
    history.publishAcked([1, 2], { aggregate: 1 });
    history.handle(2, { aggregate: 1 });
    history.handle(1, { aggregate: 1 });
    const { aggregates, aggregatesTotal, aggregatesWithAnomalies } = history.verdict();
    expect([aggregatesTotal, aggregatesWithAnomalies]).toEqual([2, 1]);
    expect(aggregates).toHaveLength(1);
    expect(aggregates[0]).toMatchObject({
      ...{ aggregateId: 'agg-1', topic: 'orders', published: 2, handled: 2, regressions: 1, duplicates: 0 },
      ...{ gaps: 1, lost: 0 },
    });
  });

  it('puts regressions before other anomalies, and these before losses', () => {
    const history = new History();
    history.publishAcked([1], { aggregate: 0 });
    history.publishAcked([1], { aggregate: 1 });
    history.publishAcked([1, 2], { aggregate: 2 });
    history.handle(1, { aggregate: 1 });
    for (let i = 0; i < 5; i++) history.handle(1, { aggregate: 1, deliveryCount: 2 });
    history.handle(2, { aggregate: 2 });
    history.handle(1, { aggregate: 2 });
    const order = history.verdict().aggregates.map(({ aggregateId }) => aggregateId);
    expect(order).toEqual(['agg-2', 'agg-1', 'agg-0']);
  });

  it('goes by name where all else is equal', () => {
    const history = new History();
    for (const aggregate of [2, 0, 1]) history.publishAcked([1], { aggregate });
    const order = history.verdict().aggregates.map(({ aggregateId }) => aggregateId);
    expect(order).toEqual(['agg-0', 'agg-1', 'agg-2']);
  });

  it('has up to ten examples of an aggregate, the first ones', () => {
    const { aggregates } = handledInOrder([20, ...Array.from({ length: 19 }, (_, i) => i + 1)]).verdict();
    expect(aggregates[0]!.regressions).toBe(19);
    expect(aggregates[0]!.examples.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('has examples of the first hundred aggregates only', () => {
    const history = new History();
    for (let aggregate = 0; aggregate < 120; aggregate++) {
      history.publishAcked([1, 2], { aggregate });
      history.handle(2, { aggregate });
      history.handle(1, { aggregate });
    }
    const { aggregates } = history.verdictOfChecker();
    expect(aggregates).toHaveLength(120);
    expect(aggregates.filter(({ examples }) => examples.length === 1)).toHaveLength(100);
  });

  it('has examples that tell the whole story of a pair, with names', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const early = history.submit(history.deliver(2, { subscription: 1, owned: false }));
    const late = history.submit(history.deliver(1));
    history.start(early, { lane: 3 });
    history.start(late, { lane: 4 });
    const [example] = history.verdict().aggregates[0]!.examples;
    expect(example).toEqual({
      version: 1,
      afterVersion: 2,
      receivedSequence: 1,
      origin: 'deliver',
      witness: {
        late: {
          ...{ version: 1, topic: 'orders', publisher: 0, publishStamp: 1, partition: 0, position: 1 },
          ...{ deliveryCount: 1, subscription: 'puller-0', owned: true, deliverStamp: 7, submitStamp: 8 },
          ...{ lane: 4, startStamp: 10 },
        },
        early: {
          ...{ version: 2, topic: 'orders', publisher: 0, publishStamp: 3, partition: 0, position: 2 },
          ...{ deliveryCount: 1, subscription: 'puller-1', owned: false, deliverStamp: 5, submitStamp: 6 },
          ...{ lane: 3, startStamp: 9 },
        },
        extent: 1,
      },
    });
  });

  it('says null for an unknown log position', () => {
    const { aggregates } = handledInOrder([2, 1], { position: 0 }).verdict();
    expect(aggregates[0]!.examples[0]!.receivedSequence).toBeNull();
  });
});
