/** A strategy that must fail: a failed event is tried again at the end of its lane, behind others of its aggregate. */
import { retryAtTail } from '../dispatch/retry-at-tail.js';
import type { Strategy } from './strategy.js';

export const retryAtTailStrategy: Strategy = {
  id: 'retry-at-tail',
  summary: 'a failed event is tried again at the end of its lane: a control that must fail',
  costs: 'order, wherever a handling fails',
  guarantee: {
    order: 'none',
    survives: { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false },
  },
  repairsInput: false,
  canResize: true,
  createDispatcher: retryAtTail,
};
