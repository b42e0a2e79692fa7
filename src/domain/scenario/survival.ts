/**
 * The threats to order on a broker, which a strategy may or may not survive. Where no group rebalances and no partition
 * can be added, no strategy need survive these two.
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
