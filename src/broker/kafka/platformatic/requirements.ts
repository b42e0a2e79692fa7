/**
 * Refuses a topology that @platformatic/kafka cannot honour. The client consumes as a stream: it has no handler that
 * could fail or be called for one message at a time, and its auto commit is by time alone. Each thing that it lacks is
 * refused by name before anything is published.
 */
import { UnsupportedError } from '../../../domain/errors.js';
import type { KafkaConsumerSpec, KafkaProducerSpec } from '../../../domain/topology.js';

/** @throws {UnsupportedError} */
export function requireProducer({ idempotent, requestsInFlight }: KafkaProducerSpec): void {
  // The client counts the events of a request when its answer comes. A second request sent before that gets the same
  // sequence numbers, so the broker takes it for a duplicate of the first and drops it.
  if (idempotent && requestsInFlight !== 1) {
    throw lacks('an idempotent producer with more than one request in flight', 'allow one request in flight');
  }
}

/** @throws {UnsupportedError} */
export function requireConsumer({ consume, commit, partitionsConcurrently }: KafkaConsumerSpec): void {
  if (consume === 'each-message') throw lacks('handling of one message at a time', 'consume each-batch');
  if (partitionsConcurrently > 1) {
    throw lacks('a limit to the partitions that are handled at the same time', 'leave it at 1');
  }
  if (commit.kind === 'auto' && commit.threshold !== null) {
    throw lacks('auto commit by a number of messages', 'set no commit threshold');
  }
}

/** The error for something that the client lacks. @param instead what to do about it */
export function lacks(what: string, instead: string): UnsupportedError {
  return new UnsupportedError(
    `the client @platformatic/kafka has no ${what}`,
    `${instead}, or use --kafka-client kafkajs`,
  );
}
