/**
 * What fields require of each other, one check an idea, in the order in which a user is told of what is wrong. What one
 * field allows its schema has checked before.
 */
import type { Layers } from '../layers.js';
import { checkKafkaClient } from './check-kafka-client.js';
import { checkAddedPartitions, checkIdempotentAcks, checkManualCommit, checkRefusedAcks } from './check-kafka.js';
import { checkDisturbances, checkProtocols } from './check-protocols.js';
import { checkSizes } from './check-sizes.js';
import { checkBackoff, checkGap, checkHeartbeat } from './check-waits.js';

const checks: readonly ((layers: Layers) => void)[] = [
  checkSizes,
  checkBackoff,
  checkProtocols,
  checkGap,
  checkDisturbances,
  checkHeartbeat,
  checkIdempotentAcks,
  checkKafkaClient,
  checkManualCommit,
  checkRefusedAcks,
  checkAddedPartitions,
];

/** @throws {UsageError} of the first check that fails */
export function checkFields(layers: Layers): void {
  for (const check of checks) check(layers);
}
