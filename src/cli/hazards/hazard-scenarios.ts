/** Finds the scenarios that provoke hazards, `scenarios/hazards/<id>.yaml`, and those for the brokers that were asked for. */
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import { UsageError } from '../../domain/errors.js';
import { controls, hazards } from '../../run/catalogue.js';
import { nearest } from '../../scenario/nearest.js';
import { shippedHazardIds, shippedScenarioPath } from '../shipped-scenarios.js';

export interface HazardScenario {
  readonly id: string;
  readonly mechanism: string;
  readonly isControl: boolean;
  readonly path: string;
}

/** Hazards and controls with a scenario, in the order of the catalogue. */
export function hazardScenarios(): readonly HazardScenario[] {
  const all = [
    ...hazards.map((hazard) => ({ ...hazard, isControl: false })),
    ...controls.map((control) => ({ ...control, isControl: true })),
  ];
  const provoked = shippedHazardIds();
  return all
    .filter(({ id }) => provoked.includes(id))
    .map((hazard) => ({ ...hazard, path: shippedScenarioPath(`hazards/${hazard.id}`) }));
}

/** @throws {UsageError} if there is no such hazard, or nothing here provokes it */
export function hazardScenarioOf(id: string): HazardScenario {
  const scenarios = hazardScenarios();
  const found = scenarios.find((one) => one.id === id);
  if (found !== undefined) return found;
  if (hazards.some((hazard) => hazard.id === id)) {
    throw new UsageError(
      `nothing here provokes ${id}: it is named in traces of other buses`,
      'docs/HAZARDS.md describes it; eventbus-bench hazards lists those with a scenario',
    );
  }
  const meant = nearest(
    id,
    scenarios.map((one) => one.id),
  );
  throw new UsageError(
    `there is no hazard ${id}`,
    meant === null ? 'eventbus-bench hazards lists them' : `did you mean ${meant}?`,
  );
}

/** The brokers among those asked for that speak a protocol for which the scenario was written. */
export function brokersFor(written: readonly BrokerKind[], asked: readonly BrokerKind[]): readonly BrokerKind[] {
  const protocols = written.map((broker) => traitsOf(broker).protocol);
  return asked.filter((broker) => protocols.includes(traitsOf(broker).protocol));
}
