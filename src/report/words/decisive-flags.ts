/**
 * Defines what the files that compute commands for a row share: the type of a step, how durations are written, and what
 * the row was run on.
 */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import { formatMs, type Disturbance } from '../../domain/scenario/disturbance.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
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

/** Replicas of the service in the row, which may be a point of a sweep. */
export function membersOf({ point }: RunRow, { kafka }: Scenario): number {
  return point?.field === 'members' ? Number(point.value) : kafka.members;
}

export function brokerOf({ broker }: RunRow): BrokerTraits {
  return traitsOf(broker.kind);
}
