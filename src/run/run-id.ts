/**
 * How are the streams of one run told from those of another on the same broker? By the time at which it began and a
 * few random characters. On the simulator nobody else is there, and the name must not differ from run to run.
 */
import { randomBytes } from 'node:crypto';
import type { BrokerKind } from '../domain/scenario.js';

export function makeRunId(broker: BrokerKind, startedAt: Date): string {
  if (broker.startsWith('sim:')) return 'sim';
  return `${startedAt.getTime().toString(36)}-${randomBytes(3).toString('hex')}`;
}
