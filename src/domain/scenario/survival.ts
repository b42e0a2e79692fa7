/**
 * What can happen to a bus that its strategy may or may not survive, by broker: where no group rebalances and no partition
 * is added, nothing need survive these.
 */
import type { Guarantee } from './guarantee.js';
import { traitsOf } from '../broker/registry.js';

export type Threat = keyof Guarantee['survives'];

/** @param broker its kind, as a report names it */
export function threatsOn(broker: string): readonly Threat[] {
  const { rebalances, isPartitioned } = traitsOf(broker);
  const everywhere = ['redelivery', 'crash', 'resize'] as const;
  return [
    ...everywhere,
    ...(rebalances ? ['rebalance' as const] : []),
    ...(isPartitioned ? ['partitions' as const] : []),
  ];
}
