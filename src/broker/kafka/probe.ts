/**
 * Finds out what `doctor` says about Kafka: whether the named cluster answers, and what it can do; which Kafka and
 * which Java are here for a private broker; and whether the second client can be loaded.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ToolError } from '../../domain/errors.js';
import { BrokerError } from '../../domain/errors.js';
import { releaseOf } from './connecting/broker-version.js';
import { whereOf } from './connecting/connection-options.js';
import type { KafkaConnectionOptions } from './connecting/connection-options.js';
import { greetAny, sayHello } from './connecting/hello.js';
import { findJava, javaSince, type JavaState } from '../private/java.js';
import { allKafkaFiles, type KafkaFiles } from './private/kafka-files.js';
import type { ApiVersions } from './connecting/wire.js';

export interface KafkaCapabilityState {
  readonly name: string;
  /** First version that has it. */
  readonly since: string;
  readonly available: boolean;
}

export type KafkaProbe =
  | {
      readonly kind: 'usable';
      /** The brokers as they were named. */
      readonly brokers: string;
      /** Major and minor number, `4.4`; null if the cluster does not tell. */
      readonly version: string | null;
      readonly roundTripMs: number;
      /** Every broker of the cluster, as it advertises itself; all of them were reached. */
      readonly advertised: readonly string[];
      readonly capabilities: readonly KafkaCapabilityState[];
    }
  | {
      readonly kind: 'unusable';
      readonly brokers: string;
      /** null if no broker was reached, or it does not tell. */
      readonly version: string | null;
      readonly error: Pick<ToolError, 'message' | 'wayOut'>;
    };

/** What a private broker could be started from. */
export interface PrivateKafkaState {
  /** In the order in which they would be taken. */
  readonly files: readonly KafkaFiles[];
  readonly java: JavaState;
  /** The oldest major version of Java that a broker runs on. */
  readonly javaSince: number;
  /** How to get what is missing; null if nothing is. */
  readonly wayOut: string | null;
}

export type SecondClientState =
  | { readonly kind: 'usable'; readonly name: string; readonly version: string | null }
  | { readonly kind: 'missing'; readonly name: string; readonly reason: string; readonly wayOut: string };

/** Capabilities by the API key of the request that each needs; releases as in the protocol guide. */
const capabilities: readonly (readonly [apiKey: number, name: string, since: string])[] = [
  [19, 'topics made by clients', '0.10.1'],
  [22, 'idempotent producers', '0.11'],
  [37, 'partitions added to a topic', '1.0'],
  [42, 'groups removed by clients', '1.1'],
];

const timeoutMs = 3_000;
const secondClient = '@platformatic/kafka';

/** A cluster that fails is a result, not an error. @throws {UsageError} if a certificate file cannot be read */
export async function probeKafka(connection: KafkaConnectionOptions): Promise<KafkaProbe> {
  const brokers = whereOf(connection);
  try {
    const { release, roundTripMs, advertised, versions } = await sayHello(connection, timeoutMs);
    const states = capabilitiesOf(versions);
    return { kind: 'usable', brokers, version: release, roundTripMs, advertised, capabilities: states };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    const version = await versionOf(connection);
    return { kind: 'unusable', brokers, version, error: { message: error.message, wayOut: error.wayOut } };
  }
}

export function probePrivateKafka(): PrivateKafkaState {
  const files = allKafkaFiles();
  const java = findJava();
  const missing = [
    ...(java.kind === 'usable' ? [] : [`install Java ${javaSince} or later (on the PATH or in JAVA_HOME)`]),
    ...(files.length > 0
      ? []
      : ['fetch a Kafka with eventbus-bench brokers kafka, or name an unpacked one with KAFKA_HOME']),
  ];
  return { files, java, javaSince, wayOut: missing.length === 0 ? null : missing.join('; ') };
}

/** Whether @platformatic/kafka can be loaded. It is an optional dependency, which npm may have left out. */
export async function probeSecondClient(): Promise<SecondClientState> {
  try {
    await import(secondClient);
    return { kind: 'usable', name: secondClient, version: versionOfPackage(secondClient) };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const wayOut = `npm install ${secondClient}@1; everything but runs with that client works without it`;
    return { kind: 'missing', name: secondClient, reason, wayOut };
  }
}

async function versionOf(connection: KafkaConnectionOptions): Promise<string | null> {
  return greetAny(connection, timeoutMs).then(
    ({ greeting }) => releaseOf(greeting.versions),
    () => null,
  );
}

function capabilitiesOf({ ranges }: ApiVersions): readonly KafkaCapabilityState[] {
  return capabilities.map(([apiKey, name, since]) => ({ name, since, available: ranges.has(apiKey) }));
}

/** Reads the manifest by its path beside the package's entry, since packages need not let it be imported. */
function versionOfPackage(name: string): string | null {
  try {
    const manifest = join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'package.json');
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version ?? null;
  } catch {
    return null;
  }
}
