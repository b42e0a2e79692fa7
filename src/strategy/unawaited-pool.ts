/** A strategy that must fail: lanes by hash of the aggregate id, whose handlers are not awaited. */
import { unawaitedPool } from '../dispatch/unawaited-pool.js';
import type { Strategy } from './strategy.js';

export const unawaitedPoolStrategy: Strategy = {
  id: 'unawaited-pool',
  summary: 'lanes by hash of the aggregate id, which do not await their handlers: a control that must fail',
  costs: 'order; nothing limits how many handlers run at once',
  guarantee: {
    order: 'none',
    survives: { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false },
  },
  repairsInput: false,
  canResize: true,
  createDispatcher: unawaitedPool,
};
