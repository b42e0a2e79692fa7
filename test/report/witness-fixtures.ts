/** Witnesses made by hand: of a shared durable, and of an event that came again behind the next one. */
import type { CauseWitness, WitnessEvent } from '../../src/domain/report/witness.js';

const v3: WitnessEvent = {
  version: 3,
  publisher: 0,
  publish: { stamp: 83, atMs: 8.2 },
  store: { topic: 'topic-1', partition: 0, position: 93 },
  deliver: {
    ...{ subscription: 'sub-topic-1', queue: 'shared', owned: true, deliveryCount: 1, again: null },
    ...{ stamp: 118, atMs: 14.04 },
  },
  submitStamp: 119,
  start: { lane: 12, attempt: 1, stamp: 140, atMs: 18.7 },
  finish: { stamp: 143, atMs: 19 },
  state: 'done',
  answer: { kind: 'ack', stamp: 144, atMs: 19 },
};

const v2: WitnessEvent = {
  ...v3,
  version: 2,
  publish: { stamp: 80, atMs: 8 },
  store: { topic: 'topic-1', partition: 0, position: 92 },
  deliver: { ...v3.deliver!, subscription: 'sub-topic-3', owned: false, stamp: 120, atMs: 14.2 },
  submitStamp: 121,
  start: { lane: 12, attempt: 1, stamp: 150, atMs: 19.1 },
  finish: { stamp: 155, atMs: 19.9 },
  answer: { kind: 'ack', stamp: 156, atMs: 19.9 },
};

export const fetchedByAnother: CauseWitness = {
  kind: 'regressions',
  aggregateId: 'agg-37',
  crossedAt: 'deliver',
  extent: 1,
  lagMs: null,
  stamp: 150,
  event: v2,
  otherDelivery: null,
  otherEvent: v3,
  amid: null,
};

const failed: WitnessEvent = {
  ...v2,
  deliver: { ...v3.deliver!, stamp: 117, atMs: 14 },
  start: { lane: 12, attempt: 1, stamp: 130, atMs: 15 },
  finish: { stamp: 133, atMs: 16 },
  state: 'failed',
  answer: { kind: 'nak', stamp: 134, atMs: 16 },
};

export const cameAgain: CauseWitness = {
  ...fetchedByAnother,
  kind: 'completionInversions',
  extent: null,
  lagMs: 0.9,
  event: { ...v2, deliver: { ...v3.deliver!, deliveryCount: 2, again: 'nak', stamp: 145, atMs: 19.05 } },
  otherDelivery: failed,
  amid: { what: 'rebalance', stamp: 135, atMs: 16.5 },
};
