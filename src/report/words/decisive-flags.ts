/** Defines what the files that compute decisive commands share: the type of a step, and how durations are written. */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import { formatMs, type Disturbance } from '../../domain/scenario/disturbance.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Changes } from './row-command.js';

const durationMaxMs = 24 * 60 * 60 * 1000;

/** The changes that remove one reason. */
export interface Step {
  readonly flags: Changes;
  /** The disturbances of the new run; absent: those of the row. */
  readonly disturb?: readonly Disturbance[];
}

/** A duration as a flag takes it, rounded up to milliseconds, at most one day. */
export function durationFlag(ms: number): string {
  return formatMs(Math.min(Math.ceil(ms), durationMaxMs));
}

export function brokerOf({ broker }: RunRow): BrokerTraits {
  return traitsOf(broker.kind);
}
