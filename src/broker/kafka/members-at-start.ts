/** Counts the members that a group is to have before a run begins to publish. */
import type { KafkaTopology, SubscriptionSpec } from '../../domain/topology.js';

/**
 * The members for which a subscription waits as it opens: all that begin at once; one that joins later waits for none.
 */
export function expectedMembers({ subscriptions }: KafkaTopology, { durable, begins }: SubscriptionSpec): number {
  if (begins !== 'at once') return 1;
  return subscriptions.filter((other) => other.durable === durable && other.begins === 'at once').length;
}
