/**
 * What may a scenario file say? One schema: every file and every flag is validated by it, and `docs/scenario.schema.json`
 * is generated from it. All fields are optional; what is absent comes from `defaults.ts`.
 */
import { z } from 'zod';
import { ackPolicies, anomalyKinds, modeRows, outcomes, overflowPolicies } from '../domain/scenario.js';
import type { BrokerKind, ModeRow } from '../domain/scenario.js';
import { fieldDefaults } from './defaults.js';
import {
  choice,
  choices,
  duration,
  durationList,
  durationRange,
  expressions,
  integer,
  integerOr,
  listed,
  name,
  publishMode,
  rate,
  share,
  text,
} from './field-types.js';
import { fieldSentences, scenarioFields } from './fields.js';
import type { ScenarioField } from './fields.js';
import { limits } from './limits.js';
import { durableChoices, modeChoices } from './mode-rows.js';

const brokerNames = { sim: 'sim:jetstream', 'sim:jetstream': 'sim:jetstream', nats: 'nats' } as const satisfies Record<
  string,
  BrokerKind
>;

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

const expectation = z
  .strictObject(
    Object.fromEntries(modeRows.map((row) => [row, rowExpectation])) as Record<ModeRow, typeof rowExpectation>,
    {
      error: (issue) =>
        issue.code === 'invalid_type' ? `a map from rows (${listed(modeRows)}) to what is expected of them` : undefined,
    },
  )
  .partial();

/** @param strategies ids of the strategies there are */
function fieldSchemas(strategies: readonly string[]) {
  return {
    name: name(),
    description: text(limits.descriptionLength),
    topics: integer(1, limits.topics),
    aggregates: integer(1, limits.aggregates),
    versions: integer(1, limits.versions),
    publish: publishMode(),
    rate: rate(),
    publishersPerAggregate: integer(1, limits.publishersPerAggregate),
    topicChoice: choice(['home', 'spread']),
    broker: choice(Object.keys(brokerNames) as [keyof typeof brokerNames]).transform((broker) => brokerNames[broker]),
    mode: choice(modeChoices),
    durable: choice(durableChoices),
    batch: integer(1, limits.batch),
    maxWait: duration('100ms'),
    ackWait: duration('30s'),
    maxAckPending: integer(1, limits.maxAckPending),
    maxDeliver: integerOr(1, limits.maxDeliver, 'unlimited'),
    backoff: durationList(),
    ack: choice(ackPolicies),
    strategy: choice(strategies as [string, ...string[]]),
    workers: integer(1, limits.workers),
    queueSize: integer(1, limits.queueSize),
    laneSize: integer(1, limits.laneSize),
    overflow: choice(overflowPolicies),
    handlerTime: durationRange(),
    handlerFail: share(),
    seed: integer(0, limits.seed),
    repeat: integer(1, limits.repeat),
    drainTimeout: duration('65s'),
    orderScope: choice(['topic', 'aggregate']),
    allow: choices(anomalyKinds, 0),
    maxViolations: integerOr(0, limits.violations, 'none'),
    failOn: expressions(),
    expect: expectation,
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
  const defaults: Partial<Record<ScenarioField, string | number>> = fieldDefaults;
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
