/**
 * What do the units of one aggregate share? Which versions have been published in any of them and, once there is more
 * than one unit, in which order the versions arrived over all of them.
 */
import type { CrossTopicArrivals } from './cross-topic.js';
import { PublishedVersions } from './published-versions.js';

export class AggregateWide {
  readonly published = new PublishedVersions();
  /** null while the aggregate has but one unit. */
  crossTopic: CrossTopicArrivals | null = null;
}
