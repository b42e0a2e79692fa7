/**
 * Brokers of a real Kafka for tests, from the installation that private brokers are started from. A JVM takes seconds
 * to start, so all test files of one vitest run share one broker, which is started when the first test asks for it
 * (shared-kafka.ts); tests make topics and groups with names of their own on it. A test that kills its broker, or needs
 * it otherwise, starts one of its own. Without Kafka or Java the tests are skipped and say why; with
 * EVENTBUS_BENCH_REQUIRE_BROKERS=1 they fail.
 */
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import type { KafkaConnectionOptions } from '../../src/broker/kafka/connecting/connection-options.js';
import { findKafkaFiles } from '../../src/broker/kafka/private/kafka-files.js';
import { findJava, javaSince } from '../../src/broker/private/java.js';
import { startPrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import type { PrivateBroker, PrivateBrokerOptions } from '../../src/broker/kafka/private/private-broker.js';
import { askForSharedKafka } from './shared-kafka.js';

const isRequired = process.env['EVENTBUS_BENCH_REQUIRE_BROKERS'] === '1';
const startTimeoutMs = 90_000;

/** null: there is one. */
export const kafkaMissing: string | null = findMissing();

function findMissing(): string | null {
  if (findKafkaFiles() === null)
    return 'no Kafka in .cache/brokers (eventbus-bench brokers fetches it) or in KAFKA_HOME';
  const java = findJava();
  return java.kind === 'usable' ? null : `no Java ${javaSince} or later on the PATH or in JAVA_HOME`;
}

/** Runs the suite if there is a Kafka. */
export function describeOnKafka(title: string, suite: () => void): void {
  if (kafkaMissing === null) return void describe(title, suite);
  const reason = kafkaMissing;
  it.skipIf(!isRequired)(`${title}: ${reason}`, () => {
    throw new Error(reason);
  });
}

/** What tests need of the broker that all share. */
export interface SharedKafka {
  readonly brokers: readonly string[];
  readonly version: string;
  readonly connection: KafkaConnectionOptions;
}

/** The broker that all test files of this vitest run share. The function returns it once the tests run. */
export function useKafka(): () => SharedKafka;
/** A broker for the tests of the surrounding suite alone. */
export function useKafka(options: PrivateBrokerOptions): () => PrivateBroker;
export function useKafka(options?: PrivateBrokerOptions): () => SharedKafka {
  let broker: SharedKafka | undefined;
  let own: PrivateBroker | undefined;
  beforeAll(async () => {
    const desk = options === undefined ? sharedDesk() : undefined;
    if (desk === undefined) broker = own = await startPrivateBroker(options);
    else broker = await askForSharedKafka(desk);
  }, startTimeoutMs);
  afterAll(async () => own?.stop());
  return () => {
    if (broker === undefined) throw new Error('the broker is started when the tests run');
    return broker;
  };
}

/** Runs the test against a broker of its own. */
export async function withKafka(
  options: PrivateBrokerOptions,
  test: (broker: PrivateBroker) => Promise<void>,
): Promise<void> {
  const broker = await startPrivateBroker(options);
  try {
    await test(broker);
  } finally {
    await broker.stop();
  }
}

let names = 0;

/** For a topic, a group or a run: nobody else on the shared broker has it. */
export function uniqueName(stem: string): string {
  return `${stem}-${process.pid.toString(36)}-${(names++).toString(36)}`;
}

/** undefined where vitest runs without shared-kafka.ts; then each suite has a broker of its own. */
function sharedDesk(): string | undefined {
  return inject('kafkaDesk');
}
