/** Feeds histories to sinks. A history is plain data: the observations of a run, in stamp order. */
import type { Delivery, Observation, ObservationSink } from '../../../src/domain/observation.js';
import type { ReleasedDelivery } from '../../../src/domain/run-note.js';

export function feed(observations: readonly Observation[], sink: ObservationSink): void {
  for (const observation of observations) sink.observe(observation);
}

/** What the note of a delivery that is let go of says of it. */
export function releaseDetail(delivery: Delivery): ReleasedDelivery {
  const { id, aggregate, topic, version, partition, subscription } = delivery;
  return { delivery: id, aggregate, topic, version, partition, subscriptionIndex: subscription };
}
