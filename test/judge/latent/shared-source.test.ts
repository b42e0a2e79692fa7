/** Two living subscriptions on one JetStream queue keep order by luck, whether or not a pair happened to be split. */
import { describe, expect, it } from 'vitest';
import { sharedSource } from '../../../src/judge/latent/shared-source.js';
import { claims, evidence, queueClaim, queueEvidence, told } from '../support.js';

const shared = queueClaim({ subscriptionsAtOnce: 5 });
const some = queueEvidence({ inFlightPairs: 40, splitPairs: 12, sharedAggregates: 3 });
const numbers = { inFlightPairs: 40, splitPairs: 12, sharedAggregates: 3 };

describe('a queue of several subscriptions', () => {
  it('is luck where an aggregate was with two of them', () => {
    expect(told(sharedSource(claims({ queues: [shared] }), evidence({ queues: [some] })))).toEqual([
      ['shared-source', numbers],
    ]);
  });

  it('is luck where no pair was in flight at all, but aggregates went to both', () => {
    const seen = queueEvidence({ inFlightPairs: 0, sharedAggregates: 200 });
    const reasons = sharedSource(claims({ queues: [shared] }), evidence({ queues: [seen] }));
    expect(told(reasons)).toEqual([['shared-source', { inFlightPairs: 0, splitPairs: 0, sharedAggregates: 200 }]]);
  });

  it('is luck where pairs were in flight and none happened to be split', () => {
    const seen = queueEvidence({ inFlightPairs: 40, sharedAggregates: 0 });
    expect(sharedSource(claims({ queues: [shared] }), evidence({ queues: [seen] }))).toHaveLength(1);
  });

  it('is fine if it is pinned, lets out one at a time, is of Kafka, or has one subscription at a time', () => {
    const queues = [
      queueClaim({ subscriptionsAtOnce: 5, isPinned: true }),
      queueClaim({ subscriptionsAtOnce: 5, limit: 1 }),
      queueClaim({ subscriptionsAtOnce: 5, protocol: 'kafka', limit: null }),
      queueClaim({ subscriptionsAtOnce: 1 }),
    ];
    for (const queue of queues) {
      expect(sharedSource(claims({ queues: [queue] }), evidence({ queues: [some] }))).toEqual([]);
    }
  });

  it('is fine if the strategy repairs its input', () => {
    expect(sharedSource(claims({ queues: [shared], repairsInput: true }), evidence({ queues: [some] }))).toEqual([]);
  });

  it('is not told of where nothing was in flight and each aggregate was with one', () => {
    const seen = queueEvidence({ inFlightPairs: 0, sharedAggregates: 0 });
    expect(sharedSource(claims({ queues: [shared] }), evidence({ queues: [seen] }))).toEqual([]);
  });
});
