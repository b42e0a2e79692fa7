import { keyedPool } from '../dispatch/keyed-pool.js';
import type { Strategy } from './strategy.js';

/** The original bus: serial lanes by hash of the aggregate id. */
export const keyedPoolStrategy: Strategy = {
  id: 'keyed-pool',
  summary: 'one queue, one dispatcher, serial lanes by hash of the aggregate id (the original bus)',
  guarantee: 'per-aggregate, first pass',
  repairsInput: false,
  createDispatcher: keyedPool,
};
