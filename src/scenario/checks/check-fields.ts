/**
 * Runs the checks of fields against each other, in the order in which a user sees their errors. The schema has already
 * checked each field by itself.
 */
import type { Layers } from '../layers.js';
import { checkKafkaClient } from './check-kafka-client.js';
import { checkAddedPartitions, checkIdempotentAcks, checkManualCommit, checkRefusedAcks } from './check-kafka.js';
import { checkDisturbances, checkProtocols, checkSkippedFailures } from './check-protocols.js';
import { checkNatsClient } from './check-nats-client.js';
import { checkSizes } from './check-sizes.js';
import { checkBackoff, checkGap, checkHeartbeat, checkRunsOn } from './check-waits.js';

const checks: readonly ((layers: Layers) => void)[] = [
  checkSizes,
  checkBackoff,
  checkProtocols,
  checkGap,
  checkDisturbances,
  checkSkippedFailures,
  checkRunsOn,
  checkHeartbeat,
  checkIdempotentAcks,
  checkKafkaClient,
  checkNatsClient,
  checkManualCommit,
  checkRefusedAcks,
  checkAddedPartitions,
];

/** @throws {UsageError} of the first check that fails */
export function checkFields(layers: Layers): void {
  for (const check of checks) check(layers);
}
