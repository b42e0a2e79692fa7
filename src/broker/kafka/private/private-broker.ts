/**
 * Starts a Kafka broker for one run, and leaves nothing of it behind. It is started from the broker cache or
 * KAFKA_HOME, on free ports of the loopback and with a temporary log directory, under a watchdog process (watchdog.ts)
 * that ends it and removes its log when this process ends, by SIGKILL too (see broker/private/). It can be killed and
 * started again on the same log in the middle of a run. Its internal topics are created before a run gets it, so that
 * the first group and the first idempotent producer of the run do not wait for them.
 */
import kafkajs from 'kafkajs';
import { BrokerError, InterruptedError } from '../../../domain/errors.js';
import { privateServerError } from '../../private/watch-failure.js';
import type { PrivateServerName } from '../../private/watch-failure.js';
import { startWatched } from '../../private/watched-server.js';
import type { WatchedServer } from '../../private/watched-server.js';
import type { BrokerUser, ListenerKind, ListenerTls } from './broker-properties.js';
import { kafkaClientConfig } from '../kafkajs/client-config.js';
import type { KafkaConnectionOptions } from '../connecting/connection-options.js';
import { findJava, javaSince } from '../../private/java.js';
import { findKafkaFiles, titleOf, type KafkaFiles } from './kafka-files.js';
import type { KafkaKilled, KafkaReady, WatchdogPlan } from './watchdog.js';

export interface PrivateBroker {
  /** One address: `127.0.0.1:port`. */
  readonly brokers: readonly string[];
  readonly version: string;
  readonly source: KafkaFiles['source'];
  /** Process id of the broker, which changes with a restart. */
  readonly pid: number;
  /** Holds its configuration, log directory and output until it is stopped. */
  readonly folder: string;
  /** How to connect, with retries that go on for longer than a restart takes. */
  readonly connection: KafkaConnectionOptions;
  /** Kills the broker by SIGKILL and keeps its log. Does nothing if it was killed before. @throws {BrokerError} */
  kill(): Promise<void>;
  /** Starts it again after {@link kill}, on the same ports and log; resolves when it is ready. @throws {BrokerError} */
  restart(): Promise<void>;
  /** Resolves with what to say if the broker ends, or cannot store any more, without having been told to. */
  failed(): Promise<BrokerError>;
  /** Ends the broker and removes its folder. Safe to call twice, and after the broker died. */
  stop(): Promise<void>;
}

export interface PrivateBrokerOptions {
  /** The Kafka to start; the one that {@link findKafkaFiles} finds if not given. null: there is none. */
  readonly files?: KafkaFiles | null | undefined;
  /** How clients connect; `plaintext` if not given. */
  readonly listener?: ListenerKind | undefined;
  /** Needed where the listener is encrypted. */
  readonly tls?: ListenerTls | undefined;
  /**
   * Further properties, which replace the usual ones. `{port}` in a value stands for the port that clients connect to.
   */
  readonly properties?: Readonly<Record<string, string>> | undefined;
  /** Aborted if the start is to be given up. */
  readonly signal?: AbortSignal | undefined;
}

/** The user who may log in, with any mechanism, where the listener has logins. */
const user: BrokerUser = { username: 'bench', password: 'bench-secret' };
/** A restart takes about 4 s on a machine that is busy. */
const giveUpAfterMs = 20_000;
const warmUpTimeoutMs = 2_000;
/** The oldest major version that the configuration here is for: the first without ZooKeeper. */
const kafkaSince = 4;

/** @throws {BrokerError} if there are no jars or no Java, or it does not start; {@link InterruptedError} if it was given up */
export async function startPrivateBroker(options: PrivateBrokerOptions = {}): Promise<PrivateBroker> {
  const { listener = 'plaintext', tls = null, properties = {}, signal } = options;
  const files = options.files === undefined ? findKafkaFiles() : options.files;
  if (files === null) throw noFiles();
  if (Number.parseInt(files.version) < kafkaSince) throw tooOld(files);
  const plan: WatchdogPlan = { java: usableJava(), libs: files.libs, listener, user, tls, properties };
  const started = await startWatched<KafkaReady>('kafka', [JSON.stringify(plan)], signal);
  if (started.kind === 'failed') throw privateServerError(nameOf(files), started);
  const broker = new WatchedBroker(files, plan, started.server, started.ready);
  // An interrupt ends the warm-up: its requests fail once the broker is stopped, and the session is closed next.
  await Promise.race([warmUp(broker.connection), untilAborted(signal)]);
  if (signal?.aborted !== true) return broker;
  await broker.stop();
  throw new InterruptedError();
}

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

class WatchedBroker implements PrivateBroker {
  readonly brokers: readonly string[];
  readonly version: string;
  readonly source: KafkaFiles['source'];
  readonly folder: string;
  readonly connection: KafkaConnectionOptions;
  readonly #files: KafkaFiles;
  readonly #server: WatchedServer;
  #pid: number;
  #isUp = true;

  constructor(files: KafkaFiles, plan: WatchdogPlan, server: WatchedServer, ready: KafkaReady) {
    this.brokers = [ready.broker];
    this.version = files.version;
    this.source = files.source;
    this.folder = ready.folder;
    this.connection = connectionTo(ready.broker, plan);
    this.#files = files;
    this.#server = server;
    this.#pid = ready.pid;
  }

  get pid(): number {
    return this.#pid;
  }

  async kill(): Promise<void> {
    if (!this.#isUp) return;
    this.#isUp = false;
    const answer = await this.#server.ask<KafkaKilled>('kill', () => null);
    if (answer.kind === 'failed') throw privateServerError(nameOf(this.#files), answer);
  }

  async restart(): Promise<void> {
    if (this.#isUp) return;
    const answer = await this.#server.ask<KafkaReady>('restart', (said) => (said.kind === 'ready' ? said.pid : null));
    if (answer.kind === 'failed') throw privateServerError(nameOf(this.#files), answer);
    this.#pid = answer.pid;
    this.#isUp = true;
    await warmUp(this.connection);
  }

  async failed(): Promise<BrokerError> {
    return privateServerError(nameOf(this.#files), await this.#server.failed());
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

function connectionTo(broker: string, { listener, tls }: WatchdogPlan): KafkaConnectionOptions {
  return {
    brokers: [broker],
    giveUpAfterMs,
    ...(listener.startsWith('sasl') ? { sasl: { mechanism: 'scram-sha-256', ...user } } : {}),
    ...(tls === null ? {} : { tls: { caFile: tls.caFile } }),
  };
}

/**
 * Creates the internal topics: a request for a group's offsets creates the topic of offsets, and an idempotent producer
 * fetches the first producer ids. Errors are ignored, since the run will meet and report them too.
 */
async function warmUp(connection: KafkaConnectionOptions): Promise<void> {
  const kafka = new kafkajs.Kafka(kafkaClientConfig({ ...connection, giveUpAfterMs: warmUpTimeoutMs }, 'warm-up'));
  const admin = kafka.admin();
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  const groupId = 'eventbus-bench.warm-up';
  await Promise.allSettled([admin.connect().then(() => admin.fetchOffsets({ groupId })), producer.connect()]);
  await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
}

/** @throws {BrokerError} */
function usableJava(): string {
  const java = findJava();
  if (java.kind === 'usable') return java.path;
  const what =
    java.kind === 'missing' ? `there is no Java here (${java.path})` : `${java.path} is Java ${java.version}`;
  throw new BrokerError(
    `a private Kafka broker needs Java ${javaSince} or later, and ${what}`,
    `install Java ${javaSince} or later and have it on the PATH or in JAVA_HOME, ` +
      'or name a cluster with --kafka-brokers or KAFKA_BROKERS',
  );
}

function noFiles(): BrokerError {
  return new BrokerError(
    'no Kafka brokers were named, and there is no Kafka here to start a private one',
    'three ways to get one: eventbus-bench brokers kafka fetches it; or unpack a Kafka 4 and name its folder with KAFKA_HOME; ' +
      'or name a cluster with --kafka-brokers or KAFKA_BROKERS',
  );
}

function tooOld(files: KafkaFiles): BrokerError {
  return new BrokerError(
    `a private broker cannot be started from ${files.libs}: it is ${titleOf(files)}, and Kafka ${kafkaSince} or later is needed`,
    'fetch one with eventbus-bench brokers kafka, or name the brokers of a running cluster with --kafka-brokers or KAFKA_BROKERS',
  );
}

function nameOf(files: KafkaFiles): PrivateServerName {
  return {
    title: titleOf(files),
    files: files.libs,
    broker: 'kafka',
    other: 'the brokers of a running cluster with --kafka-brokers or KAFKA_BROKERS',
  };
}
