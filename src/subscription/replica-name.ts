/** Names the subscriptions of replicas: those of a service that runs once have no number. */

/** @param replica index of the replica, from 0 @param members number of replicas */
export function replicaName(subscription: string, replica: number, members: number): string {
  return members === 1 ? subscription : `${subscription}-${replica + 1}`;
}
