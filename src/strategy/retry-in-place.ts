/** The strategy that tries a failed event again inside the bus, while its aggregate waits. */
import { retryInPlace } from '../dispatch/retry-in-place.js';
import type { Strategy } from './strategy.js';

export const retryInPlaceStrategy: Strategy = {
  id: 'retry-in-place',
  summary: 'a failed event is tried again in place, with in-progress acks, while its aggregate waits',
  costs: 'an event that never succeeds blocks its aggregate; in-progress acks',
  guarantee: {
    order: 'per-aggregate',
    survives: { redelivery: true, crash: false, resize: true, rebalance: false, partitions: false },
  },
  repairsInput: false,
  reportsProgress: true,
  canResize: true,
  createDispatcher: retryInPlace,
};
