/**
 * Lists the differences between the workloads of two reports. Everything in their scenarios that counts depend on is
 * compared, the seed included; not the name, the gates, and which rows were run how often. A setting of one protocol is
 * compared only where a broker speaks that protocol.
 */
import { traitsOf, type BrokerKind, type Protocol } from '../domain/broker/registry.js';
import type { Scenario } from '../domain/scenario/scenario.js';

export interface Difference {
  /** Path of the field, as the report has it: `kafka.partitions`. */
  readonly field: string;
  readonly now: unknown;
  readonly before: unknown;
}

type Compared = 'always' | Protocol | 'never';

/** The compiler keeps this table complete. */
const compared: Readonly<Record<keyof Scenario, Compared>> = {
  name: 'never',
  brokers: 'never',
  modes: 'never',
  strategies: 'never',
  rows: 'never',
  sweep: 'never',
  seed: 'always',
  repeat: 'never',
  warmUp: 'never',
  untilAtRisk: 'never',
  minAtRisk: 'never',
  topics: 'always',
  aggregates: 'always',
  versions: 'always',
  skew: 'always',
  publish: 'always',
  ratePerSecond: 'always',
  publishersPerAggregate: 'always',
  topicChoice: 'always',
  orderScope: 'always',
  batch: 'jetstream',
  maxWaitMs: 'always',
  ackWaitMs: 'jetstream',
  maxAckPending: 'jetstream',
  maxDeliver: 'jetstream',
  backoffMs: 'jetstream',
  ack: 'always',
  kafka: 'kafka',
  disturb: 'always',
  workers: 'always',
  queueSize: 'always',
  laneSize: 'always',
  overflow: 'always',
  handlerTime: 'always',
  handlerTimeBy: 'always',
  handlerFailShare: 'always',
  handlerFailure: 'always',
  handlerTimeoutMs: 'always',
  gapPolicy: 'always',
  gapTimeoutMs: 'always',
  drainTimeoutMs: 'always',
  allow: 'always',
  gateRows: 'never',
  maxViolations: 'never',
  failOn: 'never',
  confidence: 'never',
  within: 'never',
  expect: 'never',
};

/**
 * @param brokers those whose rows are compared
 * @param before of an older report; a field that it does not have is one that its version did not know, and no difference
 */
export function workloadDifferences(
  now: Scenario,
  before: Readonly<Record<string, unknown>>,
  brokers: readonly BrokerKind[],
): Difference[] {
  const spoken = new Set(brokers.map((broker) => traitsOf(broker).protocol));
  return Object.entries(compared)
    .filter(([, when]) => when === 'always' || (when !== 'never' && spoken.has(when)))
    .flatMap(([field]) => differences(field, now[field as keyof Scenario], before[field]));
}

/** `topics 5, in the baseline 10`. */
export function formatDifference({ field, now, before }: Difference): string {
  return `${field} ${JSON.stringify(now)}, in the baseline ${JSON.stringify(before)}`;
}

function differences(field: string, now: unknown, before: unknown): Difference[] {
  if (before === undefined) return [];
  if (isFields(now) && isFields(before)) {
    const fields = [...new Set([...Object.keys(now), ...Object.keys(before)])];
    return fields.flatMap((inner) => differences(`${field}.${inner}`, now[inner] ?? null, before[inner]));
  }
  return JSON.stringify(now) === JSON.stringify(before) ? [] : [{ field, now, before }];
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
