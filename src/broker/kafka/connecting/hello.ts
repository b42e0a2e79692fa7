/**
 * Makes sure that the named cluster is there, lets this client in, and has brokers that can all be reached, before
 * anything is created on it, so that an error is precise and comes at once. It first tries each named address without a
 * login (greeting.ts), then asks for the metadata with kafkajs, then tries each address that the metadata sends clients
 * on to. The last step finds the most common misconfiguration of Kafka: the named address answers, but its advertised
 * listener does not.
 */
import kafkajs from 'kafkajs';
import { clientFit, releaseOf } from './broker-version.js';
import { kafkaClientConfig, tlsConfig } from '../kafkajs/client-config.js';
import {
  connectionFailure,
  failed,
  halfReachableError,
  noLogins,
  otherMechanism,
  toBrokerError,
  wantsLogin,
} from './connect-errors.js';
import { brokerAddress } from './connection-options.js';
import type { KafkaConnectionOptions } from './connection-options.js';
import { greet } from './greeting.js';
import type { KafkaGreeting, GreetingOptions } from './greeting.js';
import type { ApiVersions } from './wire.js';

export interface KafkaHello {
  /** The first of the named brokers that answered. */
  readonly broker: string;
  /** Major and minor number, `4.4`; null if the broker does not tell. */
  readonly release: string | null;
  readonly versions: ApiVersions;
  readonly roundTripMs: number;
  /** `host:port` of every broker of the cluster, as it advertises itself. */
  readonly advertised: readonly string[];
}

/**
 * @param timeoutMs time-out for each address
 * @throws {BrokerError} with what is wrong and the way out
 * @throws {UsageError} if a certificate file cannot be read
 */
export async function sayHello(connection: KafkaConnectionOptions, timeoutMs: number): Promise<KafkaHello> {
  const { broker, greeting } = await greetAny(connection, timeoutMs);
  refuseLogin(broker, connection, greeting.mechanisms);
  refuseVersion(broker, greeting.versions);
  const advertised = await askForBrokers(broker, connection);
  await Promise.all(advertised.map((address) => reach(address, connection, timeoutMs)));
  const { versions, roundTripMs } = greeting;
  return { broker, release: releaseOf(versions), versions, roundTripMs, advertised };
}

/**
 * Greets all named brokers, without login and metadata, and returns the first that answers.
 * @throws {BrokerError} that of the first named broker, if none answers
 */
export async function greetAny(
  connection: KafkaConnectionOptions,
  timeoutMs: number,
): Promise<{ broker: string; greeting: KafkaGreeting }> {
  const options = greetingOptions(connection, timeoutMs);
  const tries = connection.brokers.map(async (broker) => {
    try {
      return { broker, greeting: await greet(broker, options) };
    } catch (error) {
      throw addressError(broker, connection, error);
    }
  });
  return Promise.any(tries).catch(async () => tries[0]!);
}

function greetingOptions({ tls, sasl }: KafkaConnectionOptions, timeoutMs: number): GreetingOptions {
  return {
    tls: tls === undefined ? null : tlsConfig(tls),
    mechanism: sasl === undefined ? null : sasl.mechanism.toUpperCase(),
    timeoutMs,
  };
}

function addressError(address: string, connection: KafkaConnectionOptions, error: unknown): Error {
  const failure = connectionFailure(error, connection);
  if (failure !== undefined) return failed(address, failure, error);
  return toBrokerError(error, { connection, doing: 'be reached' });
}

function refuseLogin(broker: string, { sasl }: KafkaConnectionOptions, mechanisms: readonly string[]): void {
  if (sasl === undefined && mechanisms.length > 0) throw failed(broker, wantsLogin(mechanisms));
  if (sasl === undefined) return;
  if (mechanisms.length === 0) throw failed(broker, noLogins);
  if (!mechanisms.includes(sasl.mechanism.toUpperCase())) {
    throw failed(broker, otherMechanism(sasl.mechanism, mechanisms));
  }
}

function refuseVersion(broker: string, versions: ApiVersions): void {
  const fit = clientFit(versions);
  if (fit.kind === 'fits') return;
  const release = releaseOf(versions);
  const name = release === null ? 'a Kafka' : `Kafka ${release}`;
  const why = fit.kind === 'broker too new' ? 'no longer takes' : 'does not yet know';
  throw failed(broker, {
    what: `is ${name} that is ${fit.kind.replace('broker ', '')} for the client kafkajs: it ${why} its ${fit.request} requests`,
    wayOut: 'name a cluster of Kafka 0.11 to 4.x, or name no brokers: run then starts a private one',
  });
}

/** The addresses of all brokers of the cluster. It asks the broker that has answered, and does not try again. */
async function askForBrokers(broker: string, connection: KafkaConnectionOptions): Promise<readonly string[]> {
  const config = kafkaClientConfig({ ...connection, brokers: [broker], giveUpAfterMs: 0 }, 'eventbus-bench');
  const admin = new kafkajs.Kafka(config).admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.map(({ host, port }) => brokerAddress(host, port));
  } catch (error) {
    throw toBrokerError(error, { connection, doing: 'tell its brokers' });
  } finally {
    await admin.disconnect();
  }
}

async function reach(address: string, connection: KafkaConnectionOptions, timeoutMs: number): Promise<void> {
  try {
    await greet(address, greetingOptions(connection, timeoutMs));
  } catch (error) {
    const reason = connectionFailure(error, connection)?.what ?? 'cannot be used';
    throw halfReachableError(connection, address, reason, error);
  }
}
