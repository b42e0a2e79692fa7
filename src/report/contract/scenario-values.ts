/** Defines the schema of each kind of value that a resolved scenario can have in a report. */
import { z } from 'zod';
import type { Kind, Value } from '../../domain/scenario/fields/value.js';
import { brokerKinds } from '../../domain/broker/registry.js';
import { anomalyKinds, modeRows, outcomes } from '../../domain/scenario/scenario.js';
import type { ValueOf } from '../../domain/scenario/scenario.js';
import { amount, count, name, point, share } from './schema-values.js';

const rowExpectation = z.object({
  outcome: z.exactOptional(z.array(z.enum(outcomes))),
  that: z.exactOptional(z.array(z.string())),
  causes: z.exactOptional(z.array(z.string())),
  beside: z.exactOptional(z.array(z.string())),
  latent: z.exactOptional(z.array(z.string())),
});

const at = share.describe('Share of the events published at which it comes.');

const disturbance = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('join'), at }),
    z.object({ kind: z.literal('leave'), at }),
    z.object({ kind: z.literal('stall'), forMs: amount, at }),
    z.object({ kind: z.literal('pause'), forMs: amount, at }),
    z.object({ kind: z.literal('partitions'), count, at }),
    z.object({ kind: z.literal('restart'), downMs: amount, at }),
    z.object({ kind: z.literal('workers'), count, at }),
    z.object({ kind: z.literal('crash'), forMs: amount, at }),
    z.object({ kind: z.literal('refuse'), forMs: amount, at }),
  ])
  .meta({ id: 'disturbance' });

const bounds = { minMs: amount, maxMs: amount.describe('What is drawn beyond it is cut to it.') };

const handlerTime = z
  .discriminatedUnion('distribution', [
    z.object({ distribution: z.literal('uniform'), ...bounds }),
    z.object({ distribution: z.literal('exponential'), ...bounds, meanMs: amount }),
    z.object({ distribution: z.literal('lognormal'), ...bounds, medianMs: amount, sigma: amount }),
    z.object({ distribution: z.literal('pareto'), ...bounds, shape: amount }),
  ])
  .meta({ id: 'handlerTime', description: 'What the time of a handling is drawn from.' });

const publishMode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('serial') }),
  z.object({ kind: z.literal('async'), window: count }),
  z.object({ kind: z.literal('pool'), senders: count }),
  z.object({ kind: z.literal('capped'), pending: count }),
  z.object({ kind: z.literal('handled') }),
]);

/** Kinds whose value is not an object of parts, as Kafka's settings are. */
type SimpleKind = Exclude<Kind, 'kafkaSettings'>;

/** The schema by kind of value, without null: the field's declaration says whether its value may be null. */
export const scenarioValues: {
  readonly [K in SimpleKind]: (value: Value<K>) => z.ZodType<NonNullable<ValueOf<Value<K>>>>;
} = {
  integer: () => count,
  number: () => amount,
  integerOr: () => count,
  rate: () => amount,
  duration: () => amount,
  durationOrZero: () => amount,
  durationOrNone: () => amount,
  delayOrNone: () => z.object({ minMs: amount, maxMs: amount }),
  durations: () => z.array(amount),
  share: () => share,
  shareBetween: () => share,
  choice: ({ of }) => z.enum(of),
  choiceOrNumber: ({ of }) => z.enum(of),
  oneOrSeveral: ({ of }) => z.array(z.enum(of)),
  switch: () => z.boolean(),
  name: () => name,
  text: () => z.string(),
  expressions: () => z.array(z.string()),
  publishMode: () => publishMode,
  handlerTime: () => handlerTime,
  disturbances: () => z.array(disturbance),
  anomalies: () => z.array(z.enum(anomalyKinds)),
  brokers: () => z.array(z.enum(brokerKinds)),
  strategies: () => z.array(name),
  rowNames: () => z.array(name),
  expectations: () => z.record(z.string(), rowExpectation),
  sweep: () => z.array(point),
  modeRows: () => z.array(z.enum(modeRows)),
  strategyIds: () => z.array(name),
  rowSpecs: () => z.array(z.object({ mode: z.enum(modeRows), strategy: name })),
};
