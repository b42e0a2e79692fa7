/**
 * Takes the lines of a trace apart into observations. One line can stand for two (a delivery and its submit; an
 * attempt's start and its end); each is put under its own stamp, for the reader to bring in order.
 */
import { ackKinds, attemptOutcomes } from '../domain/observation.js';
import type {
  AckKind,
  AttemptOutcome,
  Delivery,
  Observation,
  PublishedEvent,
  PublishResult,
} from '../domain/observation.js';
import { noteKinds, type RunNote } from '../domain/run-note.js';
import type { GrowingNames } from './growing-names.js';
import {
  booleanAt,
  integerAt,
  isObject,
  LineProblem,
  millisecondsAt,
  objectAt,
  oneOfAt,
  optionalIntegerAt,
  stringAt,
  type Fields,
} from './trace-fields.js';
import type { LineKind } from './trace-format.js';

/** A delivery's id, or the delivery itself where its line is too long ago to be remembered. */
export type DeliveryReference = number | Delivery;

/**
 * One observation as it was read. It has a reference in place of a delivery or an attempt that has a line of its own.
 */
export type ReadObservation =
  | Extract<Observation, { kind: 'publish' | 'publish-result' | 'deliver' | 'note' }>
  | { readonly kind: 'submit'; readonly delivery: DeliveryReference; readonly stamp: number }
  | {
      readonly kind: 'start';
      readonly delivery: DeliveryReference;
      readonly number: number;
      readonly lane: number;
      readonly stamp: number;
      readonly atMs: number;
    }
  | {
      readonly kind: 'finish';
      /** Start stamp of the attempt. */
      readonly started: number;
      readonly stamp: number;
      readonly atMs: number;
      readonly outcome: AttemptOutcome;
    }
  | {
      readonly kind: 'ack';
      readonly delivery: DeliveryReference;
      readonly ack: AckKind;
      readonly stamp: number;
      readonly atMs: number;
    }
  | { readonly kind: 'hole' };

/** Takes an observation under its stamp. */
export type Put = (stamp: number, observation: ReadObservation) => void;

/** A hole is filled stamp by stamp, so a damaged one must not keep the reader busy for ever. */
const widestHole = 16_777_216;

const hole: ReadObservation = { kind: 'hole' };

type Taker = (line: Fields, names: GrowingNames, put: Put) => void;

/** What each kind of line stands for. @throws {LineProblem} each of them */
export const takers: Readonly<Record<Exclude<LineKind, 'header' | 'end'>, Taker>> = {
  names: (line, names) => {
    const ids = line['aggregateIds'];
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
      throw new LineProblem('"aggregateIds" should be a list of strings');
    }
    names.declareAggregates(integerAt(line, 'from', 0), ids);
  },

  publish: (line, names, put) => {
    const publishStamp = integerAt(line, 'stamp', 1);
    const publishedAtMs = millisecondsAt(line, 'us');
    put(publishStamp, { kind: 'publish', record: eventOf(line, names, publishStamp, publishedAtMs) });
  },

  'publish-result': (line, names, put) => {
    const stamp = integerAt(line, 'stamp', 1);
    const event = eventOf(line, names, integerAt(line, 'published', 0), millisecondsAt(line, 'publishedUs'));
    put(stamp, { kind: 'publish-result', record: resultOf(line, event, stamp) });
  },

  delivery: (line, names, put) => {
    const delivery = deliveryOf(line, names, 0);
    const submitted = optionalIntegerAt(line, 'submitted', 1, null);
    put(delivery.deliverStamp, { kind: 'deliver', record: delivery });
    if (submitted !== null) put(submitted, { kind: 'submit', delivery: delivery.id, stamp: submitted });
  },

  submit: (line, names, put) => {
    const stamp = integerAt(line, 'stamp', 1);
    put(stamp, { kind: 'submit', delivery: referenceOf(line, names), stamp });
  },

  attempt: (line, names, put) => {
    const started = integerAt(line, 'started', 1);
    const finished = optionalIntegerAt(line, 'finished', 1, null);
    const start: ReadObservation = {
      kind: 'start',
      delivery: referenceOf(line, names),
      number: integerAt(line, 'number', 1),
      lane: integerAt(line, 'lane', -1),
      stamp: started,
      atMs: millisecondsAt(line, 'startedUs'),
    };
    const finish = finished === null ? null : finishOf(line, started, finished, 'finishedUs');
    put(started, start);
    if (finish !== null) put(finish.stamp, finish);
  },

  finish: (line, _names, put) => {
    const stamp = integerAt(line, 'stamp', 1);
    put(stamp, finishOf(line, integerAt(line, 'started', 1), stamp, 'us'));
  },

  ack: (line, names, put) => {
    const stamp = integerAt(line, 'stamp', 1);
    put(stamp, {
      kind: 'ack',
      delivery: referenceOf(line, names),
      ack: oneOfAt(line, 'ack', ackKinds),
      stamp,
      atMs: millisecondsAt(line, 'us'),
    });
  },

  event: (line, _names, put) => {
    const stamp = integerAt(line, 'stamp', 1);
    put(stamp, { kind: 'note', record: noteOf(line, stamp) });
  },

  hole: (line, _names, put) => {
    const from = integerAt(line, 'from', 1);
    const to = integerAt(line, 'to', from);
    if (to - from >= widestHole) throw new LineProblem(`"to" should be less than ${widestHole} behind "from"`);
    for (let stamp = from; stamp <= to; stamp++) put(stamp, hole);
  },
};

function eventOf(line: Fields, names: GrowingNames, publishStamp: number, publishedAtMs: number): PublishedEvent {
  return {
    aggregate: names.aggregate(line['aggregateId']),
    topic: names.topic(line['topic']),
    version: integerAt(line, 'version', 1),
    publisher: integerAt(line, 'publisher', -1),
    publishStamp,
    publishedAtMs,
  };
}

function resultOf(line: Fields, event: PublishedEvent, stamp: number): PublishResult {
  return {
    event,
    stamp,
    atMs: millisecondsAt(line, 'us'),
    ok: booleanAt(line, 'ok'),
    partition: integerAt(line, 'partition', -1),
    position: integerAt(line, 'position', 0),
    duplicate: line['duplicate'] === undefined ? false : booleanAt(line, 'duplicate'),
    error: line['error'] === undefined ? null : stringAt(line, 'error'),
  };
}

function deliveryOf(line: Fields, names: GrowingNames, submitStamp: number): Delivery {
  const deliverStamp = integerAt(line, 'delivered', 1);
  return {
    id: optionalIntegerAt(line, 'id', 0, deliverStamp),
    aggregate: names.aggregate(line['aggregateId']),
    topic: names.topic(line['topic']),
    version: integerAt(line, 'version', 1),
    publisher: integerAt(line, 'publisher', -1),
    publishStamp: integerAt(line, 'published', 0),
    publishedAtMs: millisecondsAt(line, 'publishedUs'),
    partition: integerAt(line, 'partition', -1),
    position: integerAt(line, 'position', 0),
    deliveryCount: optionalIntegerAt(line, 'deliveryCount', 1, null),
    subscription: names.subscription(line['subscription']),
    owned: booleanAt(line, 'owned'),
    deliverStamp,
    deliveredAtMs: millisecondsAt(line, 'deliveredUs'),
    ackToken: 0,
    submitStamp,
  };
}

function referenceOf(line: Fields, names: GrowingNames): DeliveryReference {
  const reference = line['delivery'];
  if (!isObject(reference)) return integerAt(line, 'delivery', 0);
  return deliveryOf(reference, names, optionalIntegerAt(reference, 'submitted', 1, 0));
}

function finishOf(
  line: Fields,
  started: number,
  stamp: number,
  timeField: string,
): ReadObservation & { kind: 'finish' } {
  return {
    kind: 'finish',
    started,
    stamp,
    atMs: millisecondsAt(line, timeField),
    outcome: oneOfAt(line, 'outcome', attemptOutcomes),
  };
}

/** Checks only that the details are plain values, not which of them there are. */
function noteOf(line: Fields, stamp: number): RunNote {
  const kind = oneOfAt(line, 'event', noteKinds);
  const atMs = millisecondsAt(line, 'us');
  const detail = objectAt(line, 'detail');
  for (const [name, value] of Object.entries(detail)) {
    if (value !== null && typeof value === 'object') throw new LineProblem(`"detail.${name}" should be a plain value`);
  }
  return { kind, stamp, atMs, detail } as RunNote;
}
