/**
 * What all units of a checker share: its tallies, and what is known of logs, queues, subscriptions and disturbances.
 */
import type { Disturbances } from './disturbances.js';
import type { LivingSubscriptions } from './exposure/living-subscriptions.js';
import type { QueueBook } from './exposure/queue-book.js';
import type { Logs } from './memory/log-name.js';
import type { Silence } from './silence.js';
import type { Tallies } from './tallies.js';
import type { Timeline } from './timeline.js';

export interface UnitContext {
  readonly tallies: Tallies;
  /**
   * The log positions of this many versions below the highest that has arrived are remembered, and those of all above.
   */
  readonly positionWindow: number;
  readonly logs: Logs;
  /** False where publish calls were not recorded: then a version without one may have been published all the same. */
  readonly seesPublishes: boolean;
  /** `first seen`: each unit's own first version is not known. */
  readonly firstVersion: number | 'first seen';
  readonly startsTellPlaces: boolean;
  /** null: nothing is known of queues. */
  readonly queues: QueueBook | null;
  readonly disturbances: Disturbances;
  readonly living: LivingSubscriptions;
  readonly timeline: Timeline;
  readonly silence: Silence;
}
