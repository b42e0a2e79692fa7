/** Strategies for tests alone: each dispatcher of `dispatchers.ts` whole, and with its one thing broken. */
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { keyedPoolStrategy } from '../../../src/strategy/keyed-pool.js';
import type { Strategy } from '../../../src/strategy/strategy.js';
import { acknowledging, awaiting, blocking, drained, hashed, queued, retrying } from './dispatchers.js';

interface Mutation {
  readonly name: string;
  readonly id: string;
  readonly dispatcher: typeof hashed;
  /** The cause whose definition fits. */
  readonly cause: string;
  /** On Kafka, lanes are empty when their number changes: a batch is handled before the next one is fetched. */
  readonly isOnJetStreamOnly?: true;
  /** Under which the mutation shows. */
  readonly flags?: ScenarioFlags;
}

export const mutations: readonly Mutation[] = [
  { id: 'hashed', name: 'a hash that takes the version in', dispatcher: hashed, cause: 'unkeyed-pool' },
  {
    ...{ id: 'blocking', name: 'a full lane that hands its event to the next', dispatcher: blocking },
    ...{ cause: 'unkeyed-pool', flags: { laneSize: '1', workers: '3', skew: '1.5' } },
  },
  { id: 'awaiting', name: 'a handler that nobody awaits', dispatcher: awaiting, cause: 'unawaited-handler' },
  {
    ...{ id: 'drained', name: 'a resize without its barrier', dispatcher: drained },
    ...{ cause: 'pool-resize', flags: { disturb: 'workers:11@50%' }, isOnJetStreamOnly: true },
  },
  { id: 'queued', name: 'a queue that lets two of an aggregate run', dispatcher: queued, cause: 'unkeyed-pool' },
  {
    ...{ id: 'acknowledging', name: 'an ack before the handling', dispatcher: acknowledging },
    ...{ cause: 'ack-before-handling', flags: { handlerFail: '5%' } },
  },
  {
    ...{ id: 'retrying', name: 'a failed event put at the end of its lane', dispatcher: retrying },
    ...{ cause: 'retry-at-tail', flags: { handlerFail: '5%' } },
  },
];

export const wholeId = (id: string): string => `${id}-whole`;
export const brokenId = (id: string): string => `${id}-broken`;

export const testStrategies: readonly Strategy[] = mutations.flatMap(({ id, dispatcher }) => {
  const strategy = (name: string, isMutated: boolean): Strategy => ({
    ...keyedPoolStrategy,
    id: name,
    createDispatcher: (context) => dispatcher(context, isMutated),
  });
  return [strategy(wholeId(id), false), strategy(brokenId(id), true)];
});
