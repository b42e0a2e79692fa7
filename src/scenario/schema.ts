/**
 * What may a scenario file say? One schema: every file and every flag is validated by it, and `docs/scenario.schema.json`
 * is generated from it. All fields are optional; what is absent comes from `defaults.ts`.
 */
import { z } from 'zod';
import { brokerKinds, type BrokerKind } from '../domain/broker/registry.js';
import { handlerTimeBys } from '../domain/scenario/handler-time.js';
import { kafkaAcks, kafkaClients, kafkaCommits, kafkaConsumes, kafkaKeys, kafkaPartitioners } from '../domain/kafka.js';
import {
  ackPolicies,
  anomalyKinds,
  gapPolicies,
  handlerFailures,
  modeRows,
  outcomes,
  overflowPolicies,
} from '../domain/scenario/scenario.js';
import { fieldDefaults } from './defaults.js';
import {
  choice,
  choiceOrNumber,
  choices,
  disturbances,
  duration,
  durationList,
  durationOrNone,
  durationOrZero,
  expressions,
  flag,
  handlerTime,
  integer,
  integerOr,
  listed,
  name,
  number,
  oneOrSeveral,
  publishMode,
  rate,
  rowNames,
  share,
  shareBetween,
  strategyList,
  sweep,
  text,
} from './field-types.js';
import { fieldSentences, scenarioFields } from './fields.js';
import type { ScenarioField } from './fields.js';
import { limits } from './limits.js';
import { durableChoices, modeChoices } from './mode-rows.js';
import { expectationKeyPattern, expectationKeys } from './row-names.js';

/** `sim` is short for the first of them. */
const brokerNames = ['sim', ...brokerKinds] as const;

const outcomeError = `${listed(outcomes)}, or a list of these`;

const rowExpectation = z.strictObject({
  outcome: z
    .union(
      [
        z.enum(outcomes, { error: outcomeError }),
        z.array(z.enum(outcomes, { error: outcomeError })).min(1, { error: outcomeError }),
      ],
      {
        error: outcomeError,
      },
    )
    .transform((outcome) => (typeof outcome === 'string' ? [outcome] : outcome))
    .describe('Outcome that the row must have; any of them, if it is a list.')
    .optional(),
  that: expressions().describe('Expressions that must all hold, such as regressions>0.').optional(),
});

function expectation(strategies: readonly string[]) {
  const known = expectationKeys(strategies);
  const error = `a map from rows (${listed(modeRows)}, or kafka:single and the like) to what is expected of them`;
  return z
    .record(z.string(), rowExpectation, { error })
    .superRefine((expected, context) => {
      for (const key of Object.keys(expected).filter((key) => !known.includes(key))) {
        context.addIssue({ code: 'custom', path: [key], message: error, params: { known } });
      }
    })
    .meta({ propertyNames: { pattern: expectationKeyPattern(strategies) } });
}

/** How often rows are run, and how much that has to be worth. */
function repeatSchemas() {
  return {
    seed: integer(0, limits.seed),
    repeat: integer(1, limits.repeat),
    warmUp: integer(0, limits.repeat),
    seeds: integer(1, limits.repeat),
    untilAtRisk: integerOr(1, limits.atRiskPairs, 'none'),
    untilContested: integerOr(1, limits.atRiskPairs, 'none'),
    minAtRisk: integer(1, limits.atRiskPairs),
    confidence: shareBetween('95%'),
    within: shareBetween('5%'),
  } satisfies Partial<Record<ScenarioField, z.ZodType>>;
}

/** @param strategies ids of the strategies there are */
function fieldSchemas(strategies: readonly string[]) {
  return {
    name: name(),
    description: text(limits.descriptionLength),
    topics: integer(1, limits.topics),
    aggregates: integer(1, limits.aggregates),
    versions: integer(1, limits.versions),
    skew: number(0, limits.skew),
    publish: publishMode(),
    rate: rate(),
    publishersPerAggregate: integer(1, limits.publishersPerAggregate),
    topicChoice: choice(['home', 'spread']),
    broker: oneOrSeveral(brokerNames).transform((names) => [
      ...new Set(names.map((name): BrokerKind => (name === 'sim' ? 'sim:jetstream' : name))),
    ]),
    mode: oneOrSeveral(modeChoices),
    durable: choice(durableChoices),
    batch: integer(1, limits.batch),
    maxWait: duration('100ms'),
    ackWait: duration('30s'),
    maxAckPending: integer(1, limits.maxAckPending),
    maxDeliver: integerOr(1, limits.maxDeliver, 'unlimited'),
    backoff: durationList(),
    ack: choice(ackPolicies),
    kafkaClient: choice(kafkaClients),
    partitions: integer(1, limits.partitions),
    members: integer(1, limits.members),
    consume: choice(kafkaConsumes),
    partitionsConcurrently: integer(1, limits.partitions),
    commit: choice(kafkaCommits),
    commitInterval: durationOrNone('5s'),
    commitThreshold: integerOr(1, limits.events, 'none'),
    sessionTimeout: duration('30s'),
    heartbeatInterval: duration('3s'),
    key: choice(kafkaKeys),
    partitioner: oneOrSeveral(kafkaPartitioners),
    acks: choiceOrNumber(kafkaAcks, { 0: 'none', 1: 'leader', [-1]: 'all' }),
    idempotent: flag(),
    retries: integer(0, limits.retries),
    inFlight: integerOr(1, limits.inFlight, 'unlimited'),
    linger: durationOrZero('5ms'),
    produceBatch: integer(1, limits.produceBatchBytes),
    disturb: disturbances(),
    strategy: strategyList(strategies),
    workers: integer(1, limits.workers),
    queueSize: integer(1, limits.queueSize),
    laneSize: integer(1, limits.laneSize),
    overflow: choice(overflowPolicies),
    gapPolicy: choice(gapPolicies),
    gapTimeout: duration('60s'),
    handlerTime: handlerTime(),
    handlerTimeBy: choice(handlerTimeBys),
    handlerFail: share(),
    handlerFailure: choice(handlerFailures),
    handlerTimeout: duration('100ms'),
    ...repeatSchemas(),
    sweep: sweep(),
    drainTimeout: duration('65s'),
    orderScope: choice(['topic', 'aggregate']),
    allow: choices(anomalyKinds, 0),
    gateMode: rowNames(expectationKeyPattern(strategies)),
    maxViolations: integerOr(0, limits.violations, 'none'),
    failOn: expressions(),
    expect: expectation(strategies),
  } satisfies Record<ScenarioField, z.ZodType>;
}

/** Schema of a scenario file. Its output has parsed values: durations in milliseconds, `unlimited` as null. */
export function createScenarioSchema(strategies: readonly string[]): ScenarioSchema {
  const key = strategies.join();
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const made = makeSchema(strategies);
  schemas.set(key, made);
  return made;
}

/** Schemas made so far, by their strategies: making one takes longer than using it. */
const schemas = new Map<string, ScenarioSchema>();

function makeSchema(strategies: readonly string[]) {
  const shape = fieldSchemas(strategies);
  const defaults: Partial<Record<ScenarioField, string | number | boolean>> = fieldDefaults;
  for (const field of scenarioFields) {
    const usual = defaults[field];
    const about = { description: fieldSentences[field], ...(usual === undefined ? {} : { default: usual }) };
    (shape as Record<ScenarioField, z.ZodType>)[field] = shape[field].meta(about);
  }
  return z.strictObject(shape).partial();
}

export type ScenarioSchema = ReturnType<typeof makeSchema>;

/** What a file or a set of flags says, validated and parsed; absent fields were not given. */
export type ScenarioSettings = z.output<ScenarioSchema>;
