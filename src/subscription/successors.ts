/**
 * Adds the subscriptions that take the place of a crashed service. Every crash in the scenario gets a replica like the
 * first: the same subscriptions, bound to the same durables or groups, on a bus of their own, which begin once the
 * crash is over. They come last in whatever topology the mode and the strategy have made.
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
