/**
 * Resolves durations that follow from others unless they are given: a heartbeat from its session, the time for a drain
 * and for a gap from the time after which a broker delivers again.
 */
import { traitsOf } from '../domain/broker/registry.js';
import { meanMsOf } from '../domain/scenario/delay-range.js';
import type { Layers } from './layers.js';
import { limits } from './limits.js';

/** A fifth of a short session keeps the longest time between two heartbeats well below a third of it. */
export function heartbeatIntervalMs(layers: Layers): number {
  return (
    layers.given('heartbeatInterval') ?? Math.min(layers.value('heartbeatInterval'), layers.value('sessionTimeout') / 5)
  );
}

/**
 * Two redeliveries fit in, and a run that never waits for one still has ten seconds. A perturbed fetch loop or dispatcher
 * sleeps over every event, and all of them may still be before it.
 */
export function drainTimeoutMs(layers: Layers): number {
  const given = layers.given('drainTimeout');
  return given ?? Math.max(10_000, 2 * redeliveryMs(layers) + 5_000) + perturbedMs(layers);
}

function perturbedMs(layers: Layers): number {
  const perturb = layers.value('perturb');
  if (perturb === null) return 0;
  const events = layers.value('aggregates') * layers.value('versions');
  return Math.min(limits.durationMs, 2 * events * meanMsOf(perturb));
}

/** A version that is delivered again within two redeliveries is late, and not missing. */
export function gapTimeoutMs(layers: Layers): number {
  return layers.given('gapTimeout') ?? 2 * redeliveryMs(layers);
}

/** After how long the slowest of the brokers delivers again what was not acknowledged. */
function redeliveryMs(layers: Layers): number {
  const [ackWaitMs, sessionMs] = [layers.value('ackWait'), layers.value('sessionTimeout')];
  return Math.max(...layers.value('broker').map((broker) => (traitsOf(broker).rebalances ? sessionMs : ackWaitMs)));
}
