/** Why can a strategy not be had on the other protocol? The sentence is the strategy's, the way out the same for all. */
import type { Refusal } from './strategy.js';

/** @param reason why it means nothing on Kafka @param instead strategy that comes closest there */
export function refusedOnKafka(reason: string, instead: string): Refusal {
  return { reason, wayOut: `use ${instead} on Kafka, or run it on JetStream (--broker sim:jetstream or nats)` };
}

/** @param instead strategy that comes closest on JetStream */
export function refusedOnJetStream(instead: string): Refusal {
  return {
    reason: 'JetStream has no partitions that a consumer group shares out',
    wayOut: `use ${instead} on JetStream, or run it on Kafka (--broker sim:kafka or kafka)`,
  };
}
