/**
 * Makes the id of a run, which tells its streams and topics from those of other runs on the same broker: start time, a
 * few random characters, host and process. On the simulator there are no other runs, and the id is always the same, so
 * that equal runs give equal reports.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { traitsOf, type BrokerKind } from '../domain/broker/registry.js';
import { formatRunId, hostTagOf } from '../domain/run-id.js';

export function makeRunId(brokers: readonly BrokerKind[], startedAt: Date): string {
  if (brokers.every((broker) => traitsOf(broker).isSimulated)) return 'sim';
  const origin = { startedAtMs: startedAt.getTime(), hostTag: hostTagOf(hostname()), pid: process.pid };
  return formatRunId(origin, randomBytes(3).toString('hex'));
}
