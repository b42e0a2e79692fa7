/** What the simulated Kafka tells beside its results: things that happened to its clients, as a run notes them. */
import type { TakeNote } from '../../../domain/run-note.js';

/** `rebalance` at every assignment of a member, `heartbeat`, `paused`, `reconnect`, and `fault` with `what: 'produce-retry'`. */
export type OnKafkaNote = TakeNote<'rebalance' | 'heartbeat' | 'paused' | 'reconnect' | 'fault'>;
