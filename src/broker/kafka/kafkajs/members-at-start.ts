/** How many members a group is to have before a run begins to publish. */
import type { KafkaTopology, SubscriptionSpec } from '../../../domain/topology.js';

/** All that begin at once are waited for; whoever comes later waits for nobody. */
export function expectedMembers({ subscriptions }: KafkaTopology, { durable, begins }: SubscriptionSpec): number {
  if (begins !== 'at once') return 1;
  return subscriptions.filter((other) => other.durable === durable && other.begins === 'at once').length;
}
