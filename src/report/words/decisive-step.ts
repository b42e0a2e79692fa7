/**
 * Finds the step that removes one reason of an inconclusive row: the flags to change in its command, and the
 * disturbances of the new run. If no flag that the row's broker allows removes the reason, there is no step.
 */
import type { Disturbance } from '../../domain/scenario/disturbance.js';
import type { Reason } from '../../domain/report/reason.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { brokerOf, durationFlag, type Step } from './decisive-flags.js';
import { withoutLuck } from './latent-step.js';
import { moreVersions, pressHarder, slowerHandlers, slowerPublishing } from './load-flags.js';
import { isForBroker } from './row-command.js';

const retriesMax = 1_000;
/** Number of failing handlings to aim for, if failing handlings were asked for. */
const failuresWanted = 20;
const changesMembers: readonly string[] = ['join', 'leave', 'stall'];

/** @returns null if no flag that the row's broker allows removes the reason */
export function stepFor(reason: Reason, row: RunRow, scenario: Scenario): Step | null {
  const step = stepAgainst(reason, row, scenario);
  return step !== null && isForBroker(step.flags, row) ? step : null;
}

function stepAgainst(reason: Reason, row: RunRow, scenario: Scenario): Step | null {
  switch (reason.kind) {
    case 'anomaly':
    case 'not-run':
    case 'told':
      return null;
    case 'interrupted':
    case 'broker-lost':
    case 'truncated':
      return { flags: {} };
    case 'drain-incomplete':
      return { flags: { 'drain-timeout': durationFlag(4 * scenario.drainTimeoutMs) } };
    case 'open-gaps': {
      // Nobody waits for room, and nobody publishes again what found none.
      if (scenario.publish.kind === 'capped') return { flags: { publish: 'serial' } };
      const retries = Math.min(retriesMax, Math.max(20, 4 * scenario.kafka.retries));
      return { flags: brokerOf(row).hasProducerSettings ? { retries: String(retries) } : {} };
    }
    case 'too-few-at-risk':
      return { flags: pressHarder(reason.numbers, row, scenario) };
    case 'not-exercised':
      return exercised(reason, row, scenario);
    case 'latent':
      return withoutLuck(reason, row, scenario);
  }
}

/**
 * The step for a disturbance (or failing handlings) that did not test the strategy. A disturbance without effect is
 * left out, except a crash while no handler was at work: that needs slower handlers. A disturbance that met no pair at
 * risk comes half-way through a bigger load. Members learn of a rebalance by a heartbeat, so the heartbeat interval is
 * shortened for disturbances that change the members.
 */
function exercised({ of, numbers }: Extract<Reason, { kind: 'not-exercised' }>, row: RunRow, scenario: Scenario): Step {
  const { disturb, handlerFailShare, aggregates, versions } = scenario;
  if (of === 'handler-fail') {
    const expected = handlerFailShare * aggregates * versions;
    return { flags: moreVersions(Math.max(4, failuresWanted / Math.max(expected, 0.001)), row, scenario) };
  }
  const halfWay = disturb.map((one): Disturbance => (one.kind === of ? { ...one, at: 0.5 } : one));
  const slower = slowerHandlers(scenario);
  // The crash hit a bus without events; slower handlers make it more likely that there are some.
  if (numbers.effects === 0 && of === 'crash' && Object.keys(slower).length > 0)
    return { flags: { ...moreVersions(4, row, scenario), ...slower }, disturb: halfWay };
  if (numbers.effects === 0) return { flags: {}, disturb: disturb.filter(({ kind }) => kind !== of) };
  const heartbeat = durationFlag(Math.min(100, scenario.kafka.heartbeatIntervalMs));
  const learnSooner = { 'heartbeat-interval': heartbeat, ...slower };
  const flags = {
    ...moreVersions(4, row, scenario),
    ...(changesMembers.includes(of) && learnSooner),
    ...(of === 'restart' && slowerPublishing(4, scenario)),
  };
  return { flags, disturb: halfWay };
}
