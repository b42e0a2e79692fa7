/** Describes the shape of a witness in a report: an anomaly stage by stage. */
import { z } from 'zod';
import { stages } from '../../domain/observation.js';
import { againReasons, explainedKinds } from '../../domain/report/anomaly-signature.js';
import { answers, deliveryStates, incidents } from '../../domain/report/witness.js';
import { amount, count, name } from './schema-values.js';

/** Of real brokers, clocks of several threads may differ a little, so that a time may lie before the run. */
const moment = z.object({ stamp: count, atMs: z.number() });

const witnessEvent = z
  .object({
    version: count,
    publisher: count.nullable(),
    publish: moment.nullable().describe('The publish call.'),
    store: z.object({
      topic: name.nullable(),
      partition: count.nullable(),
      position: count.nullable().describe('Stream sequence, or Kafka offset + 1.'),
    }),
    deliver: moment
      .extend({
        subscription: name,
        queue: name.nullable().describe('The durable or consumer group.'),
        owned: z.boolean().describe("The subscription owns the event's topic."),
        deliveryCount: count.nullable().describe("The broker's own; null: it counts none."),
        again: z.enum(againReasons).nullable().describe('Why it was delivered again; null: it was not.'),
      })
      .nullable(),
    submitStamp: count.nullable().describe("Its place in the dispatcher's inbox."),
    start: moment.extend({ lane: z.int().describe('-1: outside the lanes.'), attempt: count }).nullable(),
    finish: moment.nullable(),
    state: z.enum(deliveryStates).nullable().describe('What became of the delivery.'),
    answer: moment.extend({ kind: z.enum(answers) }).nullable(),
  })
  .meta({ id: 'witnessEvent', description: 'One delivery of an event, stage by stage. What was not seen is null.' });

export const witnessSchema = z
  .object({
    kind: z.enum(explainedKinds),
    aggregateId: name,
    crossedAt: z
      .enum([...stages, 'unknown'])
      .nullable()
      .describe('The first stage at which two events were in the wrong order.'),
    extent: count.nullable().describe('Places, versions or changes of partition between the two, by kind.'),
    lagMs: amount.nullable().describe('How far apart the two were, or how old a duplicate was.'),
    stamp: count.nullable().describe('When it was seen.'),
    event: witnessEvent.describe('The event that came late, came again, ran beside another one, or was lost.'),
    otherDelivery: witnessEvent.nullable().describe('The delivery of the same event before it, or after it.'),
    otherEvent: witnessEvent.nullable().describe('The event that it crossed with.'),
    amid: moment
      .extend({ what: z.enum(incidents) })
      .nullable()
      .describe('What happened to the run that it fell into.'),
  })
  .meta({ id: 'witness' });
