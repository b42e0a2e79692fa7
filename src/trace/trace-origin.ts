/**
 * Parses what a header says of where its history comes from: the scenario that was run or, where the history was recorded
 * elsewhere, the scope within which order is promised and the stages that were seen.
 */
import { stages } from '../domain/observation.js';
import { anomalyKinds, brokerKinds, type Scenario } from '../domain/scenario/scenario.js';
import { LineProblem, objectAt, oneOfAt, stringsAt, type Fields } from './trace-fields.js';
import type { TraceOrigin, TraceRecord } from './trace-format.js';

const orderScopes = ['topic', 'aggregate'] as const;

/** What each field of a scenario is; the compiler keeps this table complete. */
const scenarioFields = {
  name: 'string',
  brokers: 'list',
  modes: 'list',
  strategies: 'list',
  rows: 'list',
  sweep: 'list',
  seed: 'number',
  repeat: 'number',
  warmUp: 'number',
  untilAtRisk: 'number or null',
  minAtRisk: 'number',
  topics: 'number',
  aggregates: 'number',
  versions: 'number',
  skew: 'number',
  publish: 'object',
  ratePerSecond: 'number or null',
  publishersPerAggregate: 'number',
  topicChoice: 'string',
  orderScope: 'string',
  batch: 'number',
  maxWaitMs: 'number',
  ackWaitMs: 'number',
  maxAckPending: 'number',
  maxDeliver: 'number or null',
  backoffMs: 'list',
  ack: 'string',
  kafka: 'object',
  disturb: 'list',
  workers: 'number',
  queueSize: 'number',
  laneSize: 'number',
  overflow: 'string',
  gapPolicy: 'string',
  gapTimeoutMs: 'number',
  handlerTime: 'object',
  handlerTimeBy: 'string',
  handlerFailShare: 'number',
  handlerFailure: 'string',
  handlerTimeoutMs: 'number',
  drainTimeoutMs: 'number',
  allow: 'list',
  gateRows: 'list',
  maxViolations: 'number or null',
  failOn: 'list',
  confidence: 'number or null',
  within: 'number or null',
  expect: 'object',
} as const satisfies Record<keyof Scenario, string>;

/** @throws {LineProblem} */
export function parseOrigin(header: Fields): TraceOrigin {
  return header['scenario'] === null
    ? { scenario: null, record: parseRecord(objectAt(header, 'record')) }
    : { scenario: parseScenario(objectAt(header, 'scenario')) };
}

function parseRecord(fields: Fields): TraceRecord {
  return {
    orderScope: oneOfAt(fields, 'orderScope', orderScopes),
    stages: stringsAt(fields, 'stages').map((stage) => oneOfAt({ stages: stage }, 'stages', stages)),
  };
}

function parseScenario(fields: Fields): Scenario {
  for (const [name, type] of Object.entries(scenarioFields)) {
    const value = fields[name];
    const found = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
    if (!type.split(' or ').includes(found)) {
      throw new LineProblem(`"scenario.${name}" should be a ${type}, but it is ${found}`);
    }
  }
  for (const broker of stringsAt(fields, 'brokers')) oneOfAt({ broker }, 'broker', brokerKinds);
  oneOfAt(fields, 'orderScope', orderScopes);
  for (const kind of stringsAt(fields, 'allow')) oneOfAt({ allow: kind }, 'allow', anomalyKinds);
  return fields as unknown as Scenario;
}
