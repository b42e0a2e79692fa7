/**
 * Holds what the units of one aggregate share: the order in which the versions arrived over all of them, once there is
 * more than one.
 */
import type { CrossTopicArrivals } from './anomalies/cross-topic.js';

export class AggregateWide {
  /** null while the aggregate has but one unit. */
  crossTopic: CrossTopicArrivals | null = null;
}
