/**
 * Checks the settings that say how long, or how often, something is waited for. Each is refused where another setting
 * leaves it without effect or makes it impossible.
 */
import { UsageError } from '../../domain/errors.js';
import type { Layers } from '../layers.js';
import { formatCount } from '../limits.js';
import { heartbeatIntervalMs } from '../time-outs.js';

/**
 * JetStream requires more deliveries than there are waits of a backoff.
 * @throws {UsageError}
 */
export function checkBackoff(layers: Layers): void {
  const waits = layers.given('backoff')?.length ?? 0;
  const maxDeliver = layers.value('maxDeliver');
  if (maxDeliver === null || maxDeliver > waits) return;
  throw new UsageError(
    `${layers.place('maxDeliver')} is ${formatCount(maxDeliver)} but ${layers.place('backoff')} has ${formatCount(waits)} waits: brokers require more deliveries than waits`,
    `ask for ${formatCount(waits + 1)} deliveries or more, or for fewer waits`,
  );
}

/**
 * What runs on after its time-out is sent back meanwhile, which no other ack policy does; or its aggregate waits until it
 * has been tried again. Behind `retry-at-tail` the next event starts at once, as if no handler were awaited.
 * @throws {UsageError}
 */
export function checkRunsOn(layers: Layers): void {
  const ack = layers.value('ack');
  if (layers.value('handlerFailure') !== 'runs-on') return;
  const atTail = layers.value('strategy').find((named) => named.endsWith('retry-at-tail'));
  if (atTail !== undefined)
    throw new UsageError(
      `${layers.place('handlerFailure')} is runs-on but ${layers.place('strategy')} has ${atTail}: nothing would tell the two apart`,
      'use another strategy, or another --handler-failure',
    );
  if (ack === 'after-handling') return;
  throw new UsageError(
    `${layers.place('handlerFailure')} is runs-on but ${layers.place('ack')} is ${ack}: nothing is sent back at its time-out`,
    'use --ack after-handling, or another --handler-failure',
  );
}

/**
 * A gap time-out has no effect under the gap policy `wait`, which waits without end.
 * @throws {UsageError}
 */
export function checkGap(layers: Layers): void {
  if (layers.given('gapTimeout') === undefined || layers.value('gapPolicy') !== 'wait') return;
  throw new UsageError(
    `${layers.place('gapTimeout')} is given but ${layers.place('gapPolicy')} is wait: a missing version is waited for without end`,
    'leave it out, or ask for --gap-policy skip or --gap-policy park',
  );
}

/**
 * The heartbeats of a member of a Kafka group have to come more often than its session times out.
 * @throws {UsageError}
 */
export function checkHeartbeat(layers: Layers): void {
  const [heartbeatMs, sessionMs] = [heartbeatIntervalMs(layers), layers.value('sessionTimeout')];
  if (heartbeatMs < sessionMs) return;
  throw new UsageError(
    `${layers.place('heartbeatInterval')} is ${String(heartbeatMs)}ms but ${layers.place('sessionTimeout')} is ${String(sessionMs)}ms: a member would lose its partitions between two heartbeats`,
    'ask for a heartbeat at most a third as long as the session time-out',
  );
}
