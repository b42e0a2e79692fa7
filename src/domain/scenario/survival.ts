/**
 * What can happen to a bus that its strategy may or may not survive, by broker: JetStream has no groups that rebalance
 * and no partitions that are added, so nothing need survive these there.
 */
import type { Guarantee } from './guarantee.js';
import { protocolOf, type BrokerKind } from './scenario.js';

export type Threat = keyof Guarantee['survives'];

/** @param broker its kind, as a report names it */
export function threatsOn(broker: string): readonly Threat[] {
  const everywhere = ['redelivery', 'crash', 'resize'] as const;
  return protocolOf(broker as BrokerKind) === 'kafka' ? [...everywhere, 'rebalance', 'partitions'] : everywhere;
}
