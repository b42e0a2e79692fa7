/** What the topology of a mode depends on, besides the mode itself. */
import type { Scenario } from '../domain/scenario/scenario.js';

export interface TopologyInput {
  readonly scenario: Pick<
    Scenario,
    | 'natsClient'
    | 'ackWaitMs'
    | 'maxAckPending'
    | 'maxDeliver'
    | 'messageId'
    | 'backoffMs'
    | 'ack'
    | 'maxWaitMs'
    | 'kafka'
    | 'disturb'
  >;
  readonly topicNames: readonly string[];
  /** Stands in every name, which makes the names unique. Letters, digits, dash and underscore. */
  readonly runId: string;
}
