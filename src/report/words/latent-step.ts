/**
 * Finds the flags that remove a latent reason, so that the order that the row had by luck is guaranteed by its
 * settings.
 */
import type { LatentReason } from '../../domain/report/reason.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { brokerOf, durationFlag, membersOf, type Step } from './decisive-flags.js';
import type { Changes } from './row-command.js';

/** @returns null if no flag removes the reason */
export function withoutLuck(reason: LatentReason, row: RunRow, scenario: Scenario): Step | null {
  switch (reason.of) {
    case 'shared-source':
      return onePullerEach(row, scenario);
    case 'several-sources':
      return { flags: brokerOf(row).logs === 'per topic' ? { strategy: 'version-gate' } : { mode: 'single' } };
    case 'overflow':
      return { flags: { overflow: 'block' } };
    case 'no-order-claimed':
      return { flags: { strategy: 'keyed-pool' } };
    case 'not-survived':
      return surviving(reason.numbers, row, scenario);
    case 'several-publishers': {
      const { acrossPublishers, withinPublisher } = reason.numbers;
      const byOne = acrossPublishers > 0 || withinPublisher === 0 ? { 'publishers-per-aggregate': '1' } : {};
      return { flags: withinPublisher > 0 ? { ...byOne, publish: 'serial' } : byOne };
    }
    case 'no-key':
      return { flags: { key: 'aggregate' } };
    case 'unsafe-publish':
      return { flags: safePublish(scenario) };
    case 'gives-up':
      return { flags: { 'max-deliver': 'unlimited' } };
    case 'crash-replay':
      return { flags: { allow: [...scenario.allow, 'duplicate'].join(',') } };
    case 'near-timeout':
      return { flags: longerTimeout(reason.numbers, row, scenario) };
  }
}

/** One replica, and in it one subscription for each durable; null: it is so already. */
function onePullerEach(row: RunRow, scenario: Scenario): Step | null {
  const flags: Changes = {
    ...(row.durable === 'shared' && { mode: 'multi/per-topic' }),
    ...(membersOf(row, scenario) > 1 && { members: '1' }),
  };
  return Object.keys(flags).length === 0 ? null : { flags };
}

/** Flags with which a publish is retried until the broker is back, and stored once. */
function safePublish({ kafka: { acks, retries, requestsInFlight } }: Scenario): Changes {
  return {
    ...{ idempotent: true },
    ...(acks !== 'all' && { acks: 'all' }),
    ...(retries === 0 && { retries: '20' }),
    ...(requestsInFlight !== 1 && { 'in-flight': '1' }),
  };
}

type NotSurvived = Extract<LatentReason, { of: 'not-survived' }>['numbers'];

/**
 * A serial strategy survives every threat, except that a key moves to another partition: so no partitions are added.
 */
function surviving(numbers: NotSurvived, row: RunRow, scenario: Scenario): Step {
  const { ownStrategies, isPartitioned } = brokerOf(row);
  const { serial } = ownStrategies;
  if (!isPartitioned) return survivingUnpartitioned(numbers, serial, membersOf(row, scenario));
  const { partitions, ...others } = numbers;
  const flags: Changes = Object.values(others).some((count) => count > 0) ? { strategy: serial } : {};
  return partitions > 0 ? { flags, disturb: scenario.disturb.filter(({ kind }) => kind !== 'partitions') } : { flags };
}

/** `retry-in-place` is enough unless the service itself crashed or members changed, or several replicas take events. */
function survivingUnpartitioned({ crash, rebalance, partitions }: NotSurvived, serial: string, members: number): Step {
  const strategy = members > 1 || crash + rebalance + partitions > 0 ? serial : 'retry-in-place';
  return { flags: { mode: 'single', strategy } };
}

/** Twice the bound or time-out, rounded up to whole seconds, for the session time-out or the ack wait of the broker. */
function longerTimeout(
  { boundMs, timeoutMs }: Extract<LatentReason, { of: 'near-timeout' }>['numbers'],
  row: RunRow,
  { backoffMs }: Scenario,
): Changes {
  const long = durationFlag(1000 * Math.ceil((2 * Math.max(boundMs, timeoutMs)) / 1000));
  if (brokerOf(row).rebalances) return { 'session-timeout': long };
  return { ...(backoffMs.length > 0 && { backoff: 'none' }), 'ack-wait': long };
}
