/**
 * Makes the settings with which a durable runs: those of a {@link DurableSpec}, completed with the server's defaults.
 * Settings that the server would refuse are refused.
 */
import { BrokerError } from '../../../domain/errors.js';
import type { DurableSpec, PinnedSpec } from '../../../domain/topology.js';
import { subjectMatches } from './subject-filter.js';
import { versionTraits, type JetStreamVersion, type VersionTraits } from './server-versions.js';

/** The settings of a durable beyond those that every driver knows. */
export interface ModelDurableSpec extends DurableSpec {
  /** Pull requests that may wait at once; 512 if absent or 0. */
  readonly maxWaiting?: number;
  /** `explicit` if absent. With `all` an ack settles every lower sequence too; with `none` delivered is done. */
  readonly ackPolicy?: AckPolicy;
  /** Stream sequence from which it delivers; 1 if absent. */
  readonly startSequence?: number;
  /** The durable is deleted once nobody has pulled for this long; absent: never. Only with the ack policy `none`. */
  readonly inactiveMs?: number;
  /** May be left out while there is one stream only. */
  readonly stream?: string;
}

type AckPolicy = 'explicit' | 'all' | 'none';

export interface DurableConfig {
  readonly name: string;
  readonly ackPolicy: AckPolicy;
  readonly startSequence: number;
  /** The durable is deleted once nobody has pulled for this long; Infinity: never. */
  readonly inactiveMs: number;
  readonly ackWaitMs: number;
  readonly backoffMs: readonly number[];
  /** Infinity: unlimited. */
  readonly maxAckPending: number;
  /** Infinity: unlimited. */
  readonly maxDeliver: number;
  readonly maxWaiting: number;
  /** How long a pin lasts after its holder's last request; null: nobody is pinned. */
  readonly pinTimeoutMs: number | null;
  readonly traits: VersionTraits;
  passes(subject: string): boolean;
}

const defaults = { ackWaitMs: 30_000, maxAckPending: 1000, maxWaiting: 512, pinTimeoutMs: 120_000 } as const;

/** Added to the time after which an unused durable is deleted. A server adds between 100 and 1000 ms at random. */
const inactiveSlackMs = 500;

/** @throws {BrokerError} if the server of this version would refuse the durable */
export function durableConfig(spec: ModelDurableSpec, version: JetStreamVersion): DurableConfig {
  const traits = versionTraits[version];
  refuseUnsupported(spec, version, traits);
  const { filterSubjects, backoffMs } = spec;
  return {
    name: spec.name,
    ackPolicy: spec.ackPolicy ?? 'explicit',
    startSequence: spec.startSequence ?? 1,
    inactiveMs: spec.inactiveMs === undefined ? Infinity : spec.inactiveMs + inactiveSlackMs,
    ackWaitMs: backoffMs[0] ?? (spec.ackWaitMs > 0 ? spec.ackWaitMs : defaults.ackWaitMs),
    backoffMs,
    maxAckPending: limit(spec.maxAckPending === 0 ? defaults.maxAckPending : spec.maxAckPending),
    maxDeliver: limit(spec.maxDeliver ?? -1),
    maxWaiting: spec.maxWaiting === undefined || spec.maxWaiting <= 0 ? defaults.maxWaiting : spec.maxWaiting,
    pinTimeoutMs: spec.pinned === undefined ? null : pinTimeoutMs(spec.pinned),
    traits,
    passes: (subject) =>
      filterSubjects.length === 0 || filterSubjects.some((filter) => subjectMatches(filter, subject)),
  };
}

function pinTimeoutMs({ pinTimeoutMs: givenMs }: PinnedSpec): number {
  return givenMs > 0 ? givenMs : defaults.pinTimeoutMs;
}

/** The limit; Infinity for 0 and less, which mean "no limit" to the server. */
function limit(value: number): number {
  return value <= 0 ? Infinity : value;
}

function refuseUnsupported(spec: ModelDurableSpec, version: JetStreamVersion, traits: VersionTraits): void {
  const refuse = (what: string, wayOut: string): never => {
    throw new BrokerError(`durable ${spec.name}: ${what}`, wayOut);
  };
  if (spec.filterSubjects.length > 1 && !traits.severalFilters) {
    refuse(`a ${version} server knows only one filter subject`, 'use one filter, or a server from 2.10 on');
  }
  if (spec.pinned !== undefined && !traits.pinnedClients) {
    refuse(`a ${version} server knows no priority groups`, 'pin nobody, or use a server from 2.11 on');
  }
  const steps = spec.backoffMs.length;
  if (steps === 0) return;
  const { maxDeliver } = spec;
  if (traits.backoffNeedsMaxDeliver && (maxDeliver === null || maxDeliver <= steps)) {
    refuse(`max_deliver must be greater than the ${steps} backoff steps`, `set max_deliver to ${steps + 1} or more`);
  }
  if (maxDeliver !== null && maxDeliver > 0 && maxDeliver < steps) {
    refuse(`max_deliver ${maxDeliver} is less than the ${steps} backoff steps`, `set max_deliver to ${steps} or more`);
  }
}
