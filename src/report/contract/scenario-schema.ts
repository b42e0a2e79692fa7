/** How does a report hold its scenario? Fully resolved: every default is spelled out. */
import { z } from 'zod';
import { brokerKinds } from '../../domain/broker/registry.js';
import { handlerTimeBys } from '../../domain/scenario/handler-time.js';
import {
  kafkaAcks,
  kafkaClients,
  kafkaCommits,
  kafkaConsumes,
  kafkaKeys,
  kafkaPartitioners,
} from '../../domain/kafka.js';
import {
  ackPolicies,
  anomalyKinds,
  gapPolicies,
  handlerFailures,
  modeRows,
  outcomes,
  overflowPolicies,
} from '../../domain/scenario/scenario.js';
import { amount, count, name, point, share } from './schema-values.js';

const rowExpectation = z.object({
  outcome: z.exactOptional(z.array(z.enum(outcomes))),
  that: z.exactOptional(z.array(z.string())),
});

const kafka = z
  .object({
    client: z.enum(kafkaClients),
    partitions: count.describe('Per topic.'),
    members: count,
    key: z.enum(kafkaKeys),
    partitioners: z.array(z.enum(kafkaPartitioners)),
    acks: z.enum(kafkaAcks),
    idempotent: z.boolean(),
    retries: count,
    requestsInFlight: count.nullable(),
    lingerMs: amount,
    produceBatchBytes: count,
    consume: z.enum(kafkaConsumes),
    partitionsConcurrently: count,
    commit: z.enum(kafkaCommits),
    commitIntervalMs: amount.nullable(),
    commitThreshold: count.nullable(),
    sessionTimeoutMs: amount,
    heartbeatIntervalMs: amount,
  })
  .meta({ id: 'kafka', description: 'Settings of the brokers that speak Kafka; without effect on others.' });

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

export const scenarioSchema = z
  .object({
    name,
    brokers: z.array(z.enum(brokerKinds)).describe('Every row is run on each of them.'),
    modes: z.array(z.enum(modeRows)),
    strategies: z.array(name),
    rows: z
      .array(z.object({ mode: z.enum(modeRows), strategy: name }))
      .describe('What there is a row of, on every broker and for every repeat.'),
    sweep: z.array(point).describe('Values of one field at a time at which every row is run.'),
    seed: z.int(),
    repeat: count.describe('Times that every row is run; the least, with untilAtRisk or a confidence.'),
    warmUp: count.describe('Rounds that were run before the first repeat and are not in the report.'),
    untilAtRisk: count.nullable().describe('Pairs at risk that every row is to see over its repeats.'),
    minAtRisk: count.describe('Pairs at risk below which a run is inconclusive.'),
    topics: count,
    aggregates: count,
    versions: count.describe('Versions per aggregate; on average, where keys are skewed.'),
    skew: amount.describe('Zipf exponent of the events by aggregate; 0: even.'),
    publish: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('serial') }),
        z.object({ kind: z.literal('async'), window: count }),
        z.object({ kind: z.literal('handled') }),
      ])
      .describe(
        "When an aggregate's next version is sent: when the last one was acknowledged, with a window outstanding, or when it was handled.",
      ),
    ratePerSecond: amount.nullable().describe('Events per second over all publishers; null: as fast as they go.'),
    publishersPerAggregate: count,
    topicChoice: z.enum(['home', 'spread']),
    orderScope: z.enum(['topic', 'aggregate']),
    batch: count,
    maxWaitMs: amount,
    ackWaitMs: amount,
    maxAckPending: z.int(),
    maxDeliver: count.nullable().describe('Deliveries of one message before the broker gives up; null: unlimited.'),
    backoffMs: z.array(amount),
    ack: z.enum(ackPolicies),
    kafka,
    disturb: z.array(disturbance).describe('What is done to the run while it goes on.'),
    workers: count,
    queueSize: count,
    laneSize: count,
    overflow: z.enum(overflowPolicies),
    gapPolicy: z.enum(gapPolicies),
    gapTimeoutMs: amount,
    handlerTime,
    handlerTimeBy: z
      .enum(handlerTimeBys)
      .describe('Whether it is drawn anew for every event, or once for each aggregate.'),
    handlerFailShare: share,
    handlerFailure: z.enum(handlerFailures),
    handlerTimeoutMs: amount,
    drainTimeoutMs: amount,
    allow: z.array(z.enum(anomalyKinds)),
    gateRows: z.array(name).describe('Rows that the gates speak of, by name; empty: all.'),
    maxViolations: count.nullable(),
    failOn: z.array(z.string()),
    confidence: share
      .nullable()
      .describe('How sure the gates are to be that at most the share within of runs loses order; null: not asked for.'),
    within: share.nullable().describe('Share of runs; null with confidence.'),
    expect: z.record(z.string(), rowExpectation),
  })
  .meta({ id: 'scenario', description: 'Fully resolved: every default is spelled out.' });
