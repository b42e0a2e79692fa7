/** The strategies there are, a line each. */
import { actorStrategy } from './actor.js';
import { aggregateQueueStrategy } from './aggregate-queue.js';
import { keyedPoolStrategy } from './keyed-pool.js';
import { maxAckPendingOneStrategy } from './max-ack-pending-one.js';
import { orderedConsumerStrategy } from './ordered-consumer.js';
import { parallelKeysStrategy } from './parallel-keys.js';
import { partitionConcurrentStrategy } from './partition-concurrent.js';
import { partitionSerialStrategy } from './partition-serial.js';
import { partitionedStrategy } from './partitioned.js';
import { pinnedClientStrategy } from './pinned-client.js';
import { poolPerTopicStrategy } from './pool-per-topic.js';
import { retryAtTailStrategy } from './retry-at-tail.js';
import { retryInPlaceStrategy } from './retry-in-place.js';
import { serialStrategy } from './serial.js';
import type { Strategy } from './strategy.js';
import { unawaitedPoolStrategy } from './unawaited-pool.js';
import { unkeyedPoolStrategy } from './unkeyed-pool.js';
import { versionGateStrategy } from './version-gate.js';

export const strategies: readonly Strategy[] = [
  keyedPoolStrategy,
  poolPerTopicStrategy,
  aggregateQueueStrategy,
  serialStrategy,
  actorStrategy,
  retryInPlaceStrategy,
  parallelKeysStrategy,
  versionGateStrategy,
  unkeyedPoolStrategy,
  unawaitedPoolStrategy,
  retryAtTailStrategy,
  maxAckPendingOneStrategy,
  partitionedStrategy,
  pinnedClientStrategy,
  orderedConsumerStrategy,
  partitionSerialStrategy,
  partitionConcurrentStrategy,
];

export const strategyIds: readonly string[] = strategies.map((strategy) => strategy.id);

/** @throws {RangeError} if there is no such strategy; scenarios name only known ones */
export function strategyById(id: string): Strategy {
  const found = strategies.find((strategy) => strategy.id === id);
  if (found === undefined) throw new RangeError(`unknown strategy ${id}`);
  return found;
}
