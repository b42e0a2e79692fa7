/** What the simulated Kafka tells beside its results. */
import type { RunNote } from '../../../domain/observation.js';

/** `rebalance` at every assignment of a member, `heartbeat`, `paused`, `reconnect`, and `fault` with `what: 'produce-retry'`. */
export type OnKafkaNote = (kind: RunNote['kind'], detail: RunNote['detail']) => void;
