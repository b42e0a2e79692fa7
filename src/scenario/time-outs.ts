/**
 * Resolves durations that follow from others unless they are given: a heartbeat from its session, the time for a drain
 * and for a gap from the time after which a broker delivers again.
 */
import { traitsOf } from '../domain/broker/registry.js';
import type { Layers } from './layers.js';

/** A fifth of a short session keeps the longest time between two heartbeats well below a third of it. */
export function heartbeatIntervalMs(layers: Layers): number {
  return (
    layers.given('heartbeatInterval') ?? Math.min(layers.value('heartbeatInterval'), layers.value('sessionTimeout') / 5)
  );
}

/** Two redeliveries fit in, and a run that never waits for one still has ten seconds. */
export function drainTimeoutMs(layers: Layers): number {
  return layers.given('drainTimeout') ?? Math.max(10_000, 2 * redeliveryMs(layers) + 5_000);
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
