/** Hand-made histories with queues: which subscription takes from which, and what the verdict says of each. */
import type { CheckerOptions } from '../../../src/domain/scenario/checker-options.js';
import type { QueueEvidence } from '../../../src/domain/report/verdict.js';
import type { History } from './history.js';

/** All subscriptions take from one queue. */
export const oneQueue = queued(['orders'], [0, 0, 0]);

export function queued(
  names: readonly string[],
  ofSubscription: readonly number[],
  perPartition = false,
): NonNullable<CheckerOptions['queues']> {
  return { names, ofSubscription, perPartition };
}

/** What checker and definitions say of the queues, in the order of their names. */
export function queuesOf(history: History, queues = oneQueue): readonly QueueEvidence[] {
  return history.verdict({ queues }).evidence.queues;
}
