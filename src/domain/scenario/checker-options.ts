/**
 * The options of the checker, which it needs before it reads a history, from a run or recorded elsewhere: names, the
 * scope within which order is promised, which logs there are, and which stages were seen. All else is optional and adds
 * to what the verdict says.
 */
import type { Names, Stage } from '../observation.js';
import type { AnomalyKind } from './scenario.js';

/** The queue from which each subscription takes: a durable of JetStream; a consumer group of Kafka. */
export interface QueueNames {
  readonly names: readonly string[];
  /** By subscription: index of its queue. */
  readonly ofSubscription: readonly number[];
  /** Each partition of a topic is a queue of its own within the group (Kafka). */
  readonly perPartition: boolean;
}

export interface CheckerOptions {
  /** May grow while the run goes on (a trace is read line by line); indices never change their name. */
  readonly names: Names;
  readonly orderScope: 'topic' | 'aggregate';
  /** `per topic`: each topic numbers its partitions from 0 (Kafka); else one log holds them all. `shared` if absent. */
  readonly logs?: 'shared' | 'per topic';
  /**
   * Stages of which observations were recorded; all if absent. What would have shown at a stage that was not seen is
   * not claimed: where publish calls were not seen, no version is a phantom.
   */
  readonly stages?: readonly Stage[];
  /**
   * The version that an aggregate's first event has; 1 if absent. `first seen`: not known, as in a record that begins in
   * the middle: nothing is claimed of versions before the first one seen, and one that comes later is a regression.
   */
  readonly firstVersion?: number | 'first seen';
  /** Deliveries may not have been seen, so a start tells where its event lies in the log, too; not if absent. */
  readonly startsTellPlaces?: boolean;
  /**
   * Aggregates are listed by what is proven: without duplicates that were merely redone, and without what rests on an
   * attempt whose end was not seen; not if absent.
   */
  readonly listsProven?: boolean;
  /** Kinds of anomalies that are counted and are no violations; none if absent. */
  readonly allow?: readonly AnomalyKind[];
  /** Absent: no queues are known, so the verdict says nothing of any. */
  readonly queues?: QueueNames;
  /** Log positions remembered per aggregate; 1,024 if absent. A duplicate of an older version is `unflagged`. */
  readonly positionWindow?: number;
}
