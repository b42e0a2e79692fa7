/** The strategy that gives every aggregate an actor. */
import { actor } from '../dispatch/actor.js';
import type { Strategy } from './strategy.js';

export const actorStrategy: Strategy = {
  id: 'actor',
  summary: 'fixed actors by hash; each settles an event before its next, and gives back what is behind a failed one',
  costs: 'aggregates that share an actor wait for each other; what is on its way behind a failed event overtakes it',
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: false, resize: false, rebalance: false, partitions: false },
  },
  repairsInput: false,
  canResize: true,
  createDispatcher: actor,
};
