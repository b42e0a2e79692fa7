/** The kinds of notes that the simulated Kafka takes: things that happened to its clients. */
import type { TakeNote } from '../../../domain/run-note.js';

/** The details are those of `broker/kafka/notes.ts`; a `fault` is a `produce-retry` or a `disconnect`. */
export type OnKafkaNote = TakeNote<'rebalance' | 'heartbeat' | 'put-out' | 'paused' | 'reconnect' | 'fault'>;
