/** Which strategy is the original bus? Serial lanes, chosen by the hash of the aggregate id. */
import { keyedPool } from '../dispatch/keyed-pool.js';
import type { Strategy } from './strategy.js';

export const keyedPoolStrategy: Strategy = {
  id: 'keyed-pool',
  summary: 'one queue, one dispatcher, serial lanes by hash of the aggregate id (the original bus)',
  guarantee: 'per-aggregate, first pass',
  repairsInput: false,
  createDispatcher: keyedPool,
};
