/** The control, a strategy that must fail: lanes in turn, whatever the aggregate. */
import { unkeyedPool } from '../dispatch/unkeyed-pool.js';
import type { Strategy } from './strategy.js';

export const unkeyedPoolStrategy: Strategy = {
  id: 'unkeyed-pool',
  summary: 'lanes in turn, whatever the aggregate: the control that must fail',
  costs: 'order',
  guarantee: {
    order: 'none',
    survives: { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false },
  },
  repairsInput: false,
  canResize: true,
  createDispatcher: unkeyedPool,
};
