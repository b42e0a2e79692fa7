/**
 * How are the streams and topics of one run told from those of another on the same broker? By the time at which it
 * began, a few random characters, and the host and process that it is in. On the simulator nobody else is there, and the
 * name must not differ from run to run.
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
