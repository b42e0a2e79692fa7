/**
 * What does a run do when nothing is said? The defaults as a user would write them in a file: `--help` and the JSON
 * Schema show them, and they pass through the same validation as everything else. Fields that are absent here have no
 * default (no gate, no allowance) or one that depends on others (`drainTimeout`).
 */
import type { ScenarioField } from './fields.js';

export const fieldDefaults = {
  name: 'run',
  topics: 5,
  aggregates: 50,
  versions: 100,
  skew: 0,
  publish: 'serial',
  rate: 'unlimited',
  publishersPerAggregate: 1,
  topicChoice: 'home',
  broker: 'sim',
  mode: 'all',
  batch: 500,
  maxWait: '100ms',
  ackWait: '30s',
  maxAckPending: 1000,
  maxDeliver: 'unlimited',
  ack: 'after-handling',
  kafkaClient: 'kafkajs',
  partitions: 3,
  members: 1,
  consume: 'each-batch',
  partitionsConcurrently: 1,
  commit: 'auto',
  commitInterval: 'none',
  commitThreshold: 'none',
  sessionTimeout: '30s',
  heartbeatInterval: '3s',
  key: 'aggregate',
  partitioner: 'default',
  acks: 'all',
  idempotent: false,
  retries: 5,
  inFlight: 'unlimited',
  linger: 0,
  produceBatch: 65536,
  strategy: 'keyed-pool',
  workers: 256,
  queueSize: 1024,
  laneSize: 64,
  overflow: 'block',
  gapPolicy: 'wait',
  handlerTime: '1ms',
  handlerTimeBy: 'event',
  handlerFail: 0,
  handlerFailure: 'nak',
  handlerTimeout: '100ms',
  seed: 42,
  repeat: 1,
  warmUp: 0,
  minAtRisk: 30,
  orderScope: 'topic',
} as const satisfies Partial<Record<ScenarioField, string | number | boolean>>;

/** How the default of a field is written, for help texts; undefined if it has none. */
export function defaultText(field: ScenarioField): string | undefined {
  const defaults: Partial<Record<ScenarioField, string | number | boolean>> = fieldDefaults;
  const value = defaults[field];
  return value === undefined ? undefined : String(value);
}
