/**
 * Finds out what `doctor` says about NATS: whether the named server answers, and what it can do; and which server
 * binaries are here for a private one.
 */
import type { ToolError } from '../../domain/errors.js';
import { BrokerError } from '../../domain/errors.js';
import { openManager } from './admin.js';
import { openLink } from './connecting/connect.js';
import type { NatsLink } from './connecting/connect.js';
import { whereOf } from './connecting/connection-options.js';
import type { NatsConnectionOptions } from './connecting/connection-options.js';
import { sayHello } from './connecting/hello.js';
import { requestError } from './connecting/request-errors.js';
import { cachedServerBinaries, serverBinaryOnPath } from './private/server-binary.js';
import type { ServerBinary } from './private/server-binary.js';
import { capabilities, hasCapability } from './connecting/server-version.js';

export interface JetStreamLimits {
  /** null: unlimited. */
  readonly memoryBytesMax: number | null;
  readonly storageBytesMax: number | null;
  readonly streamsMax: number | null;
  /** In use now. */
  readonly streams: number;
}

export interface CapabilityState {
  readonly name: string;
  /** First version that has it. */
  readonly since: string;
  readonly available: boolean;
}

export type NatsProbe =
  | {
      readonly kind: 'usable';
      /** Without secrets. */
      readonly url: string;
      readonly version: string | null;
      readonly roundTripMs: number;
      readonly jetStream: JetStreamLimits;
      readonly capabilities: readonly CapabilityState[];
    }
  | {
      readonly kind: 'unusable';
      readonly url: string;
      /** null if it was not reached at all. */
      readonly version: string | null;
      /** The message does not repeat the URL. */
      readonly error: Pick<ToolError, 'message' | 'wayOut'>;
    };

const helloTimeoutMs = 3_000;

/** Probes the named server. A server that fails is a result, not an error. */
export async function probeNats(connection: NatsConnectionOptions): Promise<NatsProbe> {
  const url = whereOf(connection);
  let version: string | null = null;
  let link: NatsLink | null = null;
  try {
    ({ version } = await sayHello(connection, helloTimeoutMs));
    link = await openLink(connection, 'eventbus-bench doctor');
    const roundTripMs = await roundTrip(link);
    const jetStream = await limitsOf(link);
    return { kind: 'usable', url, version, roundTripMs, jetStream, capabilities: capabilitiesOf(version) };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const message = error.message.replace(`${url} `, '');
    return { kind: 'unusable', url, version, error: { message, wayOut: error.wayOut } };
  } finally {
    await link?.close();
  }
}

/** The binaries that a private server could be started from; the first is the one that would be. */
export function probeServerBinaries(): readonly ServerBinary[] {
  const onPath = serverBinaryOnPath();
  return [...cachedServerBinaries(), ...(onPath === null ? [] : [onPath])];
}

/** The shortest of three round trips, in milliseconds. */
async function roundTrip(link: NatsLink): Promise<number> {
  const roundTripsMs: number[] = [];
  for (let i = 0; i < 3; i++) {
    const startedMs = performance.now();
    await link.client.flush().catch((error: unknown) => {
      throw requestError(error, { doing: 'answer a ping', where: link.where });
    });
    roundTripsMs.push(performance.now() - startedMs);
  }
  return Math.min(...roundTripsMs);
}

async function limitsOf(link: NatsLink): Promise<JetStreamLimits> {
  const account = await (await openManager(link)).getAccountInfo();
  return {
    memoryBytesMax: limit(account.limits.max_memory),
    storageBytesMax: limit(account.limits.max_storage),
    streamsMax: limit(account.limits.max_streams),
    streams: account.streams,
  };
}

function limit(value: number): number | null {
  return value < 0 ? null : value;
}

function capabilitiesOf(version: string | null): readonly CapabilityState[] {
  return Object.values(capabilities).map((capability) => ({
    ...capability,
    available: hasCapability(version, capability),
  }));
}
