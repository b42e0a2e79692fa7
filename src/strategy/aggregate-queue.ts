/** The strategy that keeps a queue for every aggregate before the lanes. */
import { aggregateQueue } from '../dispatch/aggregate-queue.js';
import type { Strategy } from './strategy.js';

export const aggregateQueueStrategy: Strategy = {
  id: 'aggregate-queue',
  summary: 'a first-in-first-out queue for every aggregate before the lanes; cannot repair its input',
  costs: 'memory for every aggregate that waits',
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: false, resize: true, rebalance: false, partitions: false },
  },
  repairsInput: false,
  canResize: true,
  createDispatcher: aggregateQueue,
};
