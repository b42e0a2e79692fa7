/**
 * Makes the refusal of a strategy on a broker that lacks what it needs. The reason is the strategy's own; the way out
 * names the closest strategy on that broker, and the brokers that have what is needed.
 */
import { brokersThat, traitsOf, type BrokerTraits } from '../domain/broker/registry.js';
import type { Refusal } from './strategy.js';

/** What a strategy may need of its broker. */
export type Need = 'limitsUnacknowledged' | 'filtersSubjects' | 'pinsClients' | 'hasOrderedConsumers' | 'isPartitioned';

/**
 * @param why the reason, and which of the broker's own strategies to use instead
 * @returns null if the broker has what is needed
 */
export function refusedWithout(
  need: Need,
  broker: BrokerTraits,
  why: { readonly reason: string; readonly instead: keyof BrokerTraits['ownStrategies'] },
): Refusal | null {
  if (broker[need]) return null;
  const able = brokersThat((one) => one[need]);
  const names = [...new Set(able.map((kind) => traitsOf(kind).name))].join(' or ');
  const closest = broker.ownStrategies[why.instead];
  return {
    because: 'broker',
    reason: why.reason,
    wayOut: `use ${closest} on ${broker.name}, or run it on ${names} (--broker ${able.join(' or ')})`,
  };
}

/** The refusal of strategies that handle partitions one by one, or side by side. null: the broker has partitions. */
export function refusedWithoutPartitions(
  broker: BrokerTraits,
  instead: keyof BrokerTraits['ownStrategies'],
): Refusal | null {
  const reason = `${broker.name} has no partitions that a consumer group shares out`;
  return refusedWithout('isPartitioned', broker, { reason, instead });
}
