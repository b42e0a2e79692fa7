/** What the tests of the NATS driver share: a topology, events, and connections that are closed after each test. */
import { connect } from 'nats';
import type { NatsConnection } from 'nats';
import { onTestFinished } from 'vitest';
import { natsDriver } from '../../src/broker/nats/driver.js';
import type { NatsRun } from '../../src/broker/nats/driver.js';
import type { NatsConnectionOptions } from '../../src/broker/nats/connecting/connection-options.js';
import type { NatsAdmin } from '../../src/broker/nats/admin.js';
import type { NatsPublisher } from '../../src/broker/nats/publisher.js';
import type { BrokerMessage, EventMessage, PullConnection, PullEnd } from '../../src/broker/port.js';
import type { DurableSpec, JetStreamTopology, NatsClient } from '../../src/domain/topology.js';

let runs = 0;

export function newRunId(): string {
  return `test-${process.pid}-${++runs}`;
}

export function durable(name: string, changes: Partial<DurableSpec> = {}): DurableSpec {
  return {
    name,
    filterSubjects: [],
    ackWaitMs: 30_000,
    maxAckPending: 1000,
    maxDeliver: null,
    backoffMs: [],
    ...changes,
  };
}

export function subjectOf(runId: string, topic: number): string {
  return `eventbus-bench.${runId}.topic-${topic}`;
}

/** One subscription a durable, which owns all topics. */
export function topologyOf(runId: string, topics: number, durables: readonly DurableSpec[]): JetStreamTopology {
  const allTopics = Array.from({ length: topics }, (_, topic) => topic);
  return {
    kind: 'jetstream',
    stream: { name: `EVENTBUS_BENCH_${runId}`, subjects: allTopics.map((topic) => subjectOf(runId, topic)) },
    durables,
    subscriptions: durables.map(({ name }, index) => ({
      index,
      name: `sub-${name}`,
      durable: name,
      ownsTopics: allTopics,
      bus: 0,
      begins: 'at once',
    })),
  };
}

export function event(version: number, changes: Partial<EventMessage> = {}): EventMessage {
  const fields = { aggregate: 0, topic: 0, publisher: 0, publishStamp: version, publishedAtMs: version, ...changes };
  return { aggregateId: `agg-${fields.aggregate}`, version, ...fields };
}

export interface Bus {
  readonly topology: JetStreamTopology;
  readonly admin: NatsAdmin;
  readonly publisher: NatsPublisher;
  /** One a durable. */
  readonly pulls: readonly PullConnection[];
  readonly notes: readonly { kind: string; detail: object }[];
}

export interface BusOptions extends Partial<NatsRun> {
  readonly topics?: number;
  readonly durables?: readonly DurableSpec[];
  readonly natsClient?: NatsClient;
}

/** Makes a stream and its durables and opens all connections; closed again when the test has finished. */
export async function openBus(connection: NatsConnectionOptions, options: BusOptions = {}): Promise<Bus> {
  const { topics = 1, durables = [durable('all')], runId = newRunId(), natsClient, ...run } = options;
  const topology = { ...topologyOf(runId, topics, durables), natsClient };
  const notes: { kind: string; detail: object }[] = [];
  const driver = natsDriver(connection, { ...run, runId, onNote: (kind, detail) => notes.push({ kind, detail }) });
  const admin = await driver.openAdmin();
  onTestFinished(() => admin.close());
  await admin.create(topology);
  const publisher = await driver.openPublisher(topology);
  onTestFinished(() => publisher.close());
  const pulls: PullConnection[] = [];
  for (const subscription of topology.subscriptions) {
    const pull = await driver.openSubscription(topology, subscription);
    onTestFinished(() => pull.close());
    pulls.push(pull);
  }
  return { topology, admin, publisher, pulls, notes };
}

/** Pulls once and takes everything up to the request's end. */
export async function pullBatch(
  pull: PullConnection,
  batch: number,
  expiresMs: number,
): Promise<{ messages: readonly BrokerMessage[]; end: PullEnd }> {
  const messages: BrokerMessage[] = [];
  pull.pull(batch, expiresMs);
  for (;;) {
    const item = pull.poll() ?? (await pull.next());
    if (item.kind === 'end') return { messages, end: item };
    messages.push(item);
  }
}

/** Pulls one message; the test fails if none comes within 10 s. */
export async function pullOne(pull: PullConnection): Promise<BrokerMessage> {
  const { messages, end } = await pullBatch(pull, 1, 10_000);
  const [message] = messages;
  if (message === undefined) throw new Error(`no message came: ${end.status}, ${end.detail}`);
  return message;
}

/** Another client, closed when the test has finished. */
export async function openClient(url: string): Promise<NatsConnection> {
  const client = await connect({ servers: url });
  onTestFinished(() => client.close());
  return client;
}

/** Asks until the answer satisfies; the test fails after 10 s. */
export async function eventually<T>(ask: () => T | Promise<T>, satisfies: (answer: T) => boolean): Promise<T> {
  const limitMs = performance.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (performance.now() > limitMs) throw new Error(`still not so after 10 s: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until so many pull requests of the topology's first durable wait at the server. */
export async function requestsWait(url: string, topology: JetStreamTopology, count: number): Promise<void> {
  const manager = await (await openClient(url)).jetstreamManager();
  await eventually(
    async () => (await manager.consumers.info(topology.stream.name, topology.durables[0]!.name)).num_waiting,
    (waiting) => waiting === count,
  );
}
