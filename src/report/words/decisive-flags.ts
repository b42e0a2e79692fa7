/** Defines what the steps towards a decisive command share: the shape of a step, and how flags are written. */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import { formatMs, type Disturbance } from '../../domain/scenario/disturbance.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Changes } from './row-command.js';

const durationMaxMs = 24 * 60 * 60 * 1000;

/** What takes one reason away. */
export interface Step {
  readonly flags: Changes;
  /** What is then done to the run; absent: the same as before. */
  readonly disturb?: readonly Disturbance[];
}

/** Rounded up to milliseconds, a day at most. */
export function durationFlag(ms: number): string {
  return formatMs(Math.min(Math.ceil(ms), durationMaxMs));
}

export function brokerOf({ broker }: RunRow): BrokerTraits {
  return traitsOf(broker.kind);
}
