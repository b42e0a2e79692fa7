/**
 * An example of a signature as the checker keeps it, with names still as integers, and the witness that is made of it
 * at the end.
 */
import { missing, type Names, type Origin } from '../../domain/observation.js';
import type { ExplainedKind } from '../../domain/report/anomaly-signature.js';
import type { CauseWitness, IncidentMoment, Moment, WitnessEvent } from '../../domain/report/witness.js';
import type { QueueBook } from '../exposure/queue-book.js';
import { nameOf, type Sighting } from '../sighting.js';

export interface Example {
  readonly aggregate: number;
  /** By which examples of one signature are compared: the extent, or the lag. */
  readonly badness: number;
  /** See {@link CauseWitness}. */
  readonly measure: 'extent' | 'lag' | null;
  /** 0: it was not seen at one moment. */
  readonly stamp: number;
  readonly crossedAt: Origin | null;
  readonly event: Sighting;
  readonly otherDelivery: Sighting | null;
  readonly otherEvent: Sighting | null;
  readonly amid: IncidentMoment | null;
}

interface Naming {
  readonly names: Names;
  /** null: nothing is known of queues. */
  readonly queues: QueueBook | null;
}

export function witnessOf(example: Example, kind: ExplainedKind, naming: Naming): CauseWitness {
  const { aggregate, badness, measure, stamp, crossedAt, event, otherDelivery, otherEvent, amid } = example;
  const told = (sighting: Sighting | null): WitnessEvent | null =>
    sighting === null ? null : toldOf(sighting, naming);
  return {
    kind,
    aggregateId: nameOf(naming.names.aggregates, aggregate),
    crossedAt,
    extent: measure === 'extent' ? badness : null,
    lagMs: measure === 'lag' ? badness / 1_000 : null,
    stamp: stamp === missing ? null : stamp,
    event: toldOf(event, naming),
    otherDelivery: told(otherDelivery),
    otherEvent: told(otherEvent),
    amid,
  };
}

function toldOf(seen: Sighting, { names, queues }: Naming): WitnessEvent {
  const { version, topic, publisher, partition, position, subscription, submitStamp, startStamp, answer } = seen;
  const delivered = momentOf(seen.deliverStamp, seen.deliveredAtUs);
  const started = momentOf(startStamp, seen.startedAtUs);
  const answered = momentOf(seen.answeredStamp, seen.answeredAtUs);
  return {
    version,
    publisher: publisher < 0 ? null : publisher,
    publish: momentOf(seen.publishStamp, seen.publishedAtUs),
    store: {
      topic: topic < 0 ? null : nameOf(names.topics, topic),
      partition: partition < 0 ? null : partition,
      position: position > 0 ? position : null,
    },
    deliver:
      delivered === null
        ? null
        : {
            ...delivered,
            subscription: nameOf(names.subscriptions, subscription),
            queue: queues?.queueOf(subscription)?.name ?? null,
            owned: seen.owned,
            deliveryCount: seen.deliveryCount,
            again: seen.again,
          },
    submitStamp: submitStamp === missing ? null : submitStamp,
    start: started === null ? null : { lane: seen.lane, attempt: seen.attempt, ...started },
    // The end of an earlier attempt is none of this one.
    finish: seen.finishStamp > startStamp ? momentOf(seen.finishStamp, seen.finishedAtUs) : null,
    state: delivered === null ? null : seen.state,
    answer: answered === null || answer === null ? null : { kind: answer, ...answered },
  };
}

function momentOf(stamp: number, atUs: number): Moment | null {
  return stamp === missing ? null : { stamp, atMs: atUs / 1_000 };
}
