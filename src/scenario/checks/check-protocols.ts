/**
 * Checks that what is given means something to a broker that is run: a setting or a disturbance of the other protocol
 * would be without effect, and nobody who gives it means that. A file whose broker was replaced by a flag keeps its
 * own: it is the same scenario on another broker.
 */
import { UsageError } from '../../domain/errors.js';
import { commonDisturbances } from '../../domain/scenario/disturbance.js';
import { protocolOf } from '../../domain/scenario/scenario.js';
import type { BrokerKind } from '../../domain/scenario/scenario.js';
import { protocolFields, strategyFields } from '../fields.js';
import type { ScenarioField } from '../fields.js';
import type { Layers } from '../layers.js';

/** @throws {UsageError} naming the setting and its protocol */
export function checkProtocols(layers: Layers): void {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  for (const protocol of ['jetstream', 'kafka'] as const) {
    if (brokers.some((broker) => protocolOf(broker) === protocol)) continue;
    const given = protocolFields[protocol].find((field) => isGivenHere(layers, field) && !isForStrategy(layers, field));
    if (given === undefined) continue;
    const [name, real] = protocol === 'kafka' ? ['Kafka', 'kafka'] : ['JetStream', 'nats'];
    throw new UsageError(
      `${layers.place(given)} is a setting of ${name}, and the broker is ${brokers.join(', ')}`,
      `leave it out, or run on ${name}: --broker sim:${protocol} or --broker ${real}`,
    );
  }
}

/** By a flag, or by a file that says which broker it is for. */
function isGivenHere({ flags, file }: Layers, field: ScenarioField): boolean {
  return flags[field] !== undefined || (flags.broker === undefined && file?.settings[field] !== undefined);
}

/** Whether a strategy that was asked for reads it, whatever the protocol. */
function isForStrategy(layers: Layers, field: ScenarioField): boolean {
  const reader = strategyFields[field];
  if (reader === undefined) return false;
  return layers.value('strategy').some((named) => named === reader || named.endsWith(`+${reader}`));
}

/** @throws {UsageError} naming the disturbance that needs Kafka */
export function checkDisturbances(layers: Layers): void {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const isKept = layers.flags.disturb === undefined && layers.flags.broker !== undefined;
  if (isKept || brokers.some((broker) => protocolOf(broker) === 'kafka')) return;
  const other = layers.given('disturb')?.find(({ kind }) => !commonDisturbances.includes(kind));
  if (other === undefined) return;
  throw new UsageError(
    `${layers.place('disturb')} has ${other.kind}, which is for Kafka, and the broker is ${brokers.join(', ')}`,
    `leave it out (JetStream can have ${commonDisturbances.join(', ')}), or run on Kafka: --broker sim:kafka or --broker kafka`,
  );
}
