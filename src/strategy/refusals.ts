/**
 * A refusal where a broker lacks what a strategy is made of. The sentence is the strategy's; the way out names what comes
 * closest on that broker, and the brokers that have it.
 */
import { brokersThat, traitsOf, type BrokerTraits } from '../domain/broker/registry.js';
import type { Refusal } from './strategy.js';

/** What a strategy may need of its broker. */
export type Need = 'limitsUnacknowledged' | 'filtersSubjects' | 'pinsClients' | 'hasOrderedConsumers' | 'isPartitioned';

/** @param why what the broker has in its place, or lacks @returns null if the broker has what is needed */
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
    reason: why.reason,
    wayOut: `use ${closest} on ${broker.name}, or run it on ${names} (--broker ${able.join(' or ')})`,
  };
}

/** For strategies that take partitions one by one, or side by side. */
export function refusedWithoutPartitions(
  broker: BrokerTraits,
  instead: keyof BrokerTraits['ownStrategies'],
): Refusal | null {
  const reason = `${broker.name} has no partitions that a consumer group shares out`;
  return refusedWithout('isPartitioned', broker, { reason, instead });
}
