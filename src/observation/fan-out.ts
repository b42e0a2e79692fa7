/**
 * Lets several sinks see one run: hands each observation to every sink that makes use of its kind, in the order of the
 * sinks.
 */
import { observationKinds } from '../domain/observation.js';
import type { Observation, ObservationKind, ObservationSink } from '../domain/observation.js';

export class FanOut implements ObservationSink {
  readonly #sinks = Object.fromEntries(observationKinds.map((kind) => [kind, [] as ObservationSink[]])) as Readonly<
    Record<ObservationKind, ObservationSink[]>
  >;

  constructor(sinks: readonly ObservationSink[]) {
    for (const sink of sinks) this.add(sink);
  }

  /** One more sink; it sees what comes from now on. */
  add(sink: ObservationSink): void {
    for (const kind of sink.uses ?? observationKinds) this.#sinks[kind].push(sink);
  }

  observe(observation: Observation): void {
    for (const sink of this.#sinks[observation.kind]) sink.observe(observation);
  }
}
