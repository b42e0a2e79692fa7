/**
 * Checks that each setting and disturbance that is given has an effect on a broker of the run. One of the other
 * protocol has none, so it is refused as a mistake. A file whose broker was replaced by a flag may keep its settings:
 * it is the same scenario on another broker.
 */
import { brokersThat, protocolKinds, protocols, traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import { UsageError } from '../../domain/errors.js';
import { fieldsOfProtocol, strategyFields } from '../fields.js';
import type { ScenarioField } from '../fields.js';
import type { Layers } from '../layers.js';

/** @throws {UsageError} naming the setting and its protocol */
export function checkProtocols(layers: Layers): void {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  for (const protocol of protocolKinds) {
    if (brokers.some((broker) => traitsOf(broker).protocol === protocol)) continue;
    const given = fieldsOfProtocol(protocol).find(
      (field) => isGivenHere(layers, field) && !isForStrategy(layers, field),
    );
    if (given === undefined) continue;
    const { name } = protocols[protocol];
    throw new UsageError(
      `${layers.place(given)} is a setting of ${name}, and the broker is ${brokers.join(', ')}`,
      `leave it out, or run on ${name}: ${flagsOf(brokersThat((broker) => broker.protocol === protocol))}`,
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

/** @throws {UsageError} naming the disturbance that no broker of the run knows */
export function checkDisturbances(layers: Layers): void {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const isKept = layers.flags.disturb === undefined && layers.flags.broker !== undefined;
  if (isKept) return;
  const known = brokers.map((broker) => traitsOf(broker).disturbances);
  const other = layers.given('disturb')?.find(({ kind }) => !known.some((kinds) => kinds.includes(kind)));
  if (other === undefined) return;
  const able = brokersThat(({ disturbances }) => disturbances.includes(other.kind));
  throw new UsageError(
    `${layers.place('disturb')} has ${other.kind}, which is for ${namesOf(able)}, and the broker is ${brokers.join(', ')}`,
    `leave it out (${namesOf(brokers)} can have ${[...new Set(known.flat())].join(', ')}), or run on ${namesOf(able)}: ${flagsOf(able)}`,
  );
}

/** @throws {UsageError} naming a broker that delivers again what a handling that fails leaves unanswered */
export function checkSkippedFailures(layers: Layers): void {
  if (layers.value('handlerFailure') !== 'skip') return;
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const other = brokers.find((broker) => !traitsOf(broker).commitsPositions);
  if (other === undefined) return;
  const able = brokersThat(({ commitsPositions }) => commitsPositions);
  throw new UsageError(
    `${layers.place('handlerFailure')} is skip and the broker is ${other}: ${namesOf([other])} delivers again what nobody acknowledges, and has no position that could pass it`,
    `use ${layers.place('handlerFailure')} throw, or run on ${namesOf(able)}: ${flagsOf(able)}`,
  );
}

/** Protocols, as messages name them. */
function namesOf(brokers: readonly BrokerKind[]): string {
  return [...new Set(brokers.map((broker) => traitsOf(broker).name))].join(' and ');
}

function flagsOf(brokers: readonly BrokerKind[]): string {
  return brokers.map((broker) => `--broker ${broker}`).join(' or ');
}
