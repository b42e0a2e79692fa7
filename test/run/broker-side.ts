/** The strategies whose mechanism is the broker's; their claims are tested in broker-side-guarantees.test.ts. */
import { strategies } from '../../src/strategy/registry.js';
import type { Strategy } from '../../src/strategy/strategy.js';

const brokerSide: readonly string[] = [
  ...['max-ack-pending-1', 'partitioned', 'pinned-client', 'ordered-consumer'],
  ...['partition-serial', 'partition-concurrent'],
];

/** The others: those that work by their dispatcher. */
export const byDispatcher: readonly Strategy[] = strategies.filter(({ id }) => !brokerSide.includes(id));
