/**
 * The claims of a run: a record of its setup, to be read beside what was observed. It holds the strategy's guarantee,
 * the limit and pin of each queue, the key policy, time-outs, and the disturbances that were planned. The judge reads
 * it, the checker never does, and the header of a trace carries it. What is not known is null and is not claimed.
 */
import type { Protocol } from '../broker/registry.js';
import type { Disturbance } from '../scenario/disturbance.js';
import type { Guarantee } from '../scenario/guarantee.js';
import type { KafkaAcks, KafkaKey } from '../kafka.js';
import type { OverflowPolicy } from '../scenario/scenario.js';

/**
 * A queue that subscriptions take from: a JetStream durable, or a Kafka consumer group, each partition of which is one.
 */
export interface QueueClaim {
  readonly name: string;
  readonly protocol: Protocol;
  /** Most deliveries that may be out and unhandled at once; 1: one at a time. null: not known, or without a limit. */
  readonly limit: number | null;
  /** One puller is served at a time. */
  readonly isPinned: boolean;
  /** Subscriptions that take from it at the same time; the successor of one that crashed is not counted. */
  readonly subscriptionsAtOnce: number;
  /** Deliveries after which the broker gives up on an event. null: not known, or without a limit. */
  readonly maxDeliver: number | null;
  /**
   * After how long without an ack the broker delivers again: the ack wait, or its shortest backoff. null: it does not
   * wait for acks.
   */
  readonly ackTimeoutMs: number | null;
  /** What `ackTimeoutMs` is. */
  readonly ackTimeoutIs: 'ack wait' | 'backoff';
  /** After how long without a heartbeat a member loses its partitions. null: it has no session. */
  readonly sessionTimeoutMs: number | null;
}

/** The settings of a Kafka producer on which it depends whether what it sends is stored, and only once. */
export interface ProducerClaim {
  /** Whose acknowledgement a publish waits for. */
  readonly acks: KafkaAcks;
  /** What is sent again is not stored again. */
  readonly idempotent: boolean;
  /** Requests outstanding at once; null: without a limit. */
  readonly requestsInFlight: number | null;
  /** Attempts after the first before a publish is given up. */
  readonly retries: number;
}

export interface Claims {
  /** null: nothing is known of the strategy. */
  readonly guarantee: Guarantee | null;
  /** The strategy restores order whatever order its input comes in. */
  readonly repairsInput: boolean;
  readonly queues: readonly QueueClaim[];
  /** Partitions of a topic, those included that are added in the run; 1 where there is one log. null: not known. */
  readonly partitions: number | null;
  /** null: not known, or the broker needs none. */
  readonly key: KafkaKey | null;
  /**
   * Queues (JetStream) or logs (Kafka) that feed one aggregate within the scope of its order: above 1 only where order
   * is promised across topics. null: not known.
   */
  readonly sourcesPerAggregate: number | null;
  /** What a full queue of the bus does to an event. null: not known. */
  readonly overflow: OverflowPolicy | null;
  /** Publishers that send events of one aggregate; above 1 they know nothing of each other. null: not known. */
  readonly publishersPerAggregate: number | null;
  /** The client stores what one publisher sends in the order in which it sends it, without waiting. null: not known. */
  readonly clientKeepsSendOrder: boolean | null;
  /**
   * Positions are committed once their events have been handled, so that a client which loses its connection reads again what
   * it had in hand. null: not known, or the broker commits no positions.
   */
  readonly commitsHandled: boolean | null;
  /**
   * The time, in milliseconds, that the longest handling of a run exceeds with a probability of at most 0.05. null: not
   * known, or no time-out depends on it, since events in hand are reported as in progress.
   */
  readonly handlerTailMs: number | null;
  /** null: not known, or the broker is not Kafka. */
  readonly producer: ProducerClaim | null;
  /** The disturbances that were planned. */
  readonly disturb: readonly Disturbance[];
  /** Share of handlings that were to fail, 0 to 1. */
  readonly handlerFailShare: number;
  /** `virtual`: in the simulator, whose latencies are a model, so the judge wants more distance from time-outs. */
  readonly clock: 'virtual' | 'wall';
  /** Pairs at risk below which a run is inconclusive; at least 1. */
  readonly minAtRisk: number;
}
