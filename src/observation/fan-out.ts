/** Lets several sinks see one run: hands each observation to every sink, in the order of the sinks. */
import type { Observation, ObservationSink } from '../domain/observation.js';

export class FanOut implements ObservationSink {
  readonly #sinks: ObservationSink[];

  constructor(sinks: readonly ObservationSink[]) {
    this.#sinks = [...sinks];
  }

  /** One more sink; it sees what comes from now on. */
  add(sink: ObservationSink): void {
    this.#sinks.push(sink);
  }

  observe(observation: Observation): void {
    for (const sink of this.#sinks) sink.observe(observation);
  }
}
