/**
 * Decides which disturbances a row has and when each is due: once its share of the events has been published.
 * Disturbances with the same share come in the order of the scenario.
 */
import type { BrokerDisturber } from '../../broker/port.js';
import { traitsOf } from '../../domain/broker/registry.js';
import type { Disturbance, DisturbanceAction } from '../../domain/scenario/disturbance.js';
import { BrokerError } from '../../domain/errors.js';
import type { NoteDetail } from '../../domain/run-note.js';
import type { RowPlan } from '../row/row-plan.js';

export class DisturbanceSchedule {
  readonly #waiting: Disturbance[];
  readonly #events: number;

  /** @param events number of events that the run will publish in all */
  constructor(disturbances: readonly Disturbance[], events: number) {
    this.#waiting = [...disturbances].sort((a, b) => a.at - b.at);
    this.#events = events;
  }

  /** Removes and returns the disturbances that are due. @param published number of events published so far */
  take(published: number): readonly Disturbance[] {
    const share = this.#events === 0 ? 1 : published / this.#events;
    const later = this.#waiting.findIndex(({ at }) => at > share);
    return this.#waiting.splice(0, later === -1 ? this.#waiting.length : later);
  }
}

/** The disturbances that the row's broker supports: JetStream has no groups whose members could join and leave. */
export function disturbancesOf({ scenario, broker }: RowPlan): readonly Disturbance[] {
  const { disturbances } = traitsOf(broker);
  return scenario.disturb.filter(({ kind }) => disturbances.includes(kind));
}

/** The note that records the disturbance. */
export function noteOf(disturbance: Disturbance): NoteDetail<'disturbance'> {
  const { kind, at, ...argument } = disturbance;
  return { what: kind, at, ...argument };
}

/** The method of the broker's disturber that each kind needs; a kind that is absent needs none. */
const needs: Readonly<Partial<Record<DisturbanceAction['kind'], keyof BrokerDisturber>>> = {
  partitions: 'addPartitions',
  restart: 'restart',
  refuse: 'setWritable',
};

const whyNot: Readonly<Record<keyof BrokerDisturber, string>> = {
  addPartitions: 'this broker cannot be given more partitions',
  restart: 'only a private broker, or the simulated one, can be killed and started again',
  setWritable: 'only a private broker, or the simulated one, can be made to refuse writes',
};

/** @throws {BrokerError} for the first disturbance that cannot be carried out on this broker */
export function refuseImpossible(disturbances: readonly Disturbance[], broker: BrokerDisturber | undefined): void {
  for (const { kind } of disturbances) {
    const need = needs[kind];
    if (need === undefined || broker?.[need] !== undefined) continue;
    throw new BrokerError(`the disturbance ${kind} is not possible here: ${whyNot[need]}`, 'leave it out of --disturb');
  }
}
