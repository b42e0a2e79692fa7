/** What does the checker have to know beforehand? The names, the scope of the promise, and what is allowed. */
import type { Names } from './observation.js';
import type { AnomalyKind } from './scenario.js';

/** From which queue does each subscription take? A durable of JetStream; a consumer group of Kafka. */
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
  readonly allow: readonly AnomalyKind[];
  /** Absent: nothing is known of queues, so nothing is told of any. */
  readonly queues?: QueueNames;
  /** Log positions remembered per aggregate; 1,024 if absent. A duplicate from before is `unflagged`. */
  readonly positionWindow?: number;
  /**
   * The durables or consumer groups, by which of them each subscription takes from, and whether each partition of each
   * topic hands out on its own (Kafka). Without it, nothing is said of single queues.
   */
  readonly queues?: {
    readonly names: readonly string[];
    /** By index of the subscription: index into `names`. */
    readonly ofSubscription: readonly number[];
    readonly perPartition: boolean;
  };
}
