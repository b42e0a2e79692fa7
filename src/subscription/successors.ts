/**
 * Adds those who take the place of a service that crashes. For every crash that the scenario has, a replica like the
 * first: the same subscriptions, bound to the same durables or groups, with a bus of their own, which begin once the
 * crash is over. Whatever topology a mode and a strategy have made, they come last.
 */
import type { Disturbance } from '../domain/scenario/disturbance.js';
import { busesOf, type SubscriptionSpec, type Topology } from '../domain/topology.js';

export function withSuccessors<T extends Topology>(topology: T, disturb: readonly Disturbance[]): T {
  const crashes = disturb.filter(({ kind }) => kind === 'crash').length;
  if (crashes === 0) return topology;
  const first = topology.subscriptions.filter(({ bus, begins }) => bus === 0 && begins === 'at once');
  const buses = busesOf(topology);
  const successors = Array.from({ length: crashes }, (_, crash) =>
    first.map((subscription): Omit<SubscriptionSpec, 'index'> => ({
      ...subscription,
      name: `${subscription.name}-after-crash-${crash + 1}`,
      bus: buses + crash,
      begins: 'after a crash',
    })),
  ).flat();
  const subscriptions = [...topology.subscriptions, ...successors].map((subscription, index) => ({
    ...subscription,
    index,
  }));
  return { ...topology, subscriptions };
}
