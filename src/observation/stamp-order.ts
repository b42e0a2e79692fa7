/**
 * Lets one sink see the observations of many threads in stamp order. Each observation takes its place by its own stamp
 * in a {@link StampWindow} and reaches the sink when all before it have. When an early stage of a delivery or an
 * attempt reaches the sink, the fields of its later stages may be filled in already.
 */
import { stampOf, type Observation, type ObservationSink } from '../domain/observation.js';
import { StampWindow, type StampWindowOptions } from './stamp-window.js';

export class StampOrder implements ObservationSink {
  readonly #sink: ObservationSink;
  readonly #window: StampWindow<Observation>;

  constructor(sink: ObservationSink, options: StampWindowOptions = {}) {
    this.#sink = sink;
    this.#window = new StampWindow((observation) => sink.observe(observation), options);
  }

  /** Stamps that were given up: observations that were lost on the way. */
  get holes(): number {
    return this.#window.holes;
  }

  /** Observations dropped because they came after their stamp was given up, or bore a stamp that was taken. */
  get late(): number {
    return this.#window.late;
  }

  /** Observations that wait for an earlier one. */
  get held(): number {
    return this.#window.held;
  }

  /** All observations up to this stamp have reached the sink. */
  get passed(): number {
    return this.#window.next - 1;
  }

  observe(observation: Observation): void {
    const stamp = stampOf(observation);
    if (this.#window.passes(stamp)) this.#sink.observe(observation);
    else this.#window.put(stamp, observation);
  }

  /** Nothing more will come: hands on what is held, in order. */
  end(): void {
    this.#window.end();
  }
}
