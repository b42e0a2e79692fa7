/** What a mode's topology depends on, beside the mode. */
import type { Scenario } from '../domain/scenario/scenario.js';

export interface TopologyInput {
  readonly scenario: Pick<
    Scenario,
    'ackWaitMs' | 'maxAckPending' | 'maxDeliver' | 'backoffMs' | 'ack' | 'maxWaitMs' | 'kafka' | 'disturb'
  >;
  readonly topicNames: readonly string[];
  /** Makes the names unique: letters, digits, dash and underscore. */
  readonly runId: string;
}
