/** The strategy of the original bus: serial lanes, chosen by the hash of the aggregate id. */
import { keyedPool } from '../dispatch/keyed-pool.js';
import type { Strategy } from './strategy.js';

export const keyedPoolStrategy: Strategy = {
  id: 'keyed-pool',
  summary: 'one queue, one dispatcher, serial lanes by hash of the aggregate id (the original bus)',
  costs: 'aggregates that share a lane wait for each other; a full lane blocks all',
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false },
  },
  repairsInput: false,
  canResize: true,
  createDispatcher: keyedPool,
};
