/**
 * What the units of one aggregate share: each other and, once there is more than one, the order in which the versions
 * arrived over all of them.
 */
import type { CrossTopicArrivals } from './anomalies/cross-topic.js';

export class AggregateWide {
  /** null while the aggregate has but one unit. */
  crossTopic: CrossTopicArrivals | null = null;
}
