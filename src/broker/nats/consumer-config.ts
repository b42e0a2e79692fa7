/** Translates a durable into the server's configuration of a consumer, whose times are in nanoseconds. */
import { AckPolicy, DeliverPolicy, ReplayPolicy } from 'nats';
import type { ConsumerConfig } from 'nats';
import type { DurableSpec, PinnedSpec } from '../../domain/topology.js';

export function consumerConfig(durable: DurableSpec): Partial<ConsumerConfig> {
  const { backoffMs, filterSubjects, pinned } = durable;
  return {
    durable_name: durable.name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: nanoseconds(durable.ackWaitMs),
    max_ack_pending: durable.maxAckPending,
    max_deliver: durable.maxDeliver ?? -1,
    ...(backoffMs.length === 0 ? {} : { backoff: backoffMs.map(nanoseconds) }),
    ...(pinned === undefined ? {} : pinnedConfig(pinned)),
    ...filterConfig(filterSubjects),
  };
}

export function filterConfig(filterSubjects: readonly string[]): Partial<ConsumerConfig> {
  const [first, ...others] = filterSubjects;
  if (first === undefined) return {};
  return others.length === 0 ? { filter_subject: first } : { filter_subjects: [...filterSubjects] };
}

/** Fields that the client's types do not know; the client sends them as they are. */
function pinnedConfig({ group, pinTimeoutMs }: PinnedSpec): object {
  return {
    priority_policy: 'pinned_client',
    priority_groups: [group],
    priority_timeout: nanoseconds(pinTimeoutMs),
  };
}

export function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
