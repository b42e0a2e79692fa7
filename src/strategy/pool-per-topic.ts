/** The strategy that gives every topic lanes of its own. */
import { poolPerTopic } from '../dispatch/pool-per-topic.js';
import type { Strategy } from './strategy.js';

export const poolPerTopicStrategy: Strategy = {
  id: 'pool-per-topic',
  summary: 'a keyed pool for every topic',
  costs: 'topics × workers lanes; a full lane blocks all topics',
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false },
  },
  repairsInput: false,
  lanes: ({ workers, topics }) => topics * workers,
  canResize: true,
  createDispatcher: poolPerTopic,
};
