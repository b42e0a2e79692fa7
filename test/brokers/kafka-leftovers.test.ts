import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import kafkajs from 'kafkajs';
import { expect, it, onTestFinished } from 'vitest';
import type { Admin } from 'kafkajs';
import { kafkaClientConfig } from '../../src/broker/kafka/kafkajs/client-config.js';
import type { KafkaConnectionOptions } from '../../src/broker/kafka/connecting/connection-options.js';
import { listKafkaLeftovers, removeKafkaLeftovers } from '../../src/broker/kafka/leftovers.js';
import { formatRunId, hostTagOf, type RunOrigin } from '../../src/domain/run-id.js';
import { kafkaMark } from '../../src/domain/topology.js';
import { makeRunId } from '../../src/run/run-id.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';
import { eventually } from './nats-fixture.js';

function runId(origin: Partial<RunOrigin>): string {
  const here = { startedAtMs: Date.now() - 60_000, hostTag: hostTagOf(hostname()), pid: process.pid };
  return formatRunId({ ...here, ...origin }, 'abc123');
}

/** Of a process that has ended. */
function pidOfNobody(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describeOnKafka('leftovers on Kafka', () => {
  // Its own: others on a shared broker have topics that carry the mark.
  const broker = useKafka({});

  it('are the topics and groups with the mark, each with its run and whether that shows to be alive', async () => {
    const crashed = runId({ pid: pidOfNobody() });
    const living = makeRunId(['kafka'], new Date());
    const topicOf = (run: string): string => `${kafkaMark}${run}.topic-0`;
    const groupOf = (run: string): string => `${kafkaMark}${run}.group`;
    const { connection } = broker();
    const client = new kafkajs.Kafka(kafkaClientConfig(connection, 'test'));
    const admin = client.admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    const topics = [topicOf(crashed), topicOf(living), 'eventbus-benchmark', `my.${kafkaMark}x.topic`];
    await admin.createTopics({ topics: topics.map((topic) => ({ topic })) });
    await send(connection, topicOf(crashed), 3);
    await admin.setOffsets({
      groupId: groupOf(crashed),
      topic: topicOf(crashed),
      partitions: [{ partition: 0, offset: '1' }],
    });
    const consumer = client.consumer({ groupId: groupOf(living) });
    onTestFinished(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topic: topicOf(living) });
    await consumer.run({ eachMessage: () => Promise.resolve() });
    await eventually(
      () => membersOf(admin, groupOf(living)),
      (members) => members === 1,
    );

    const found = await listKafkaLeftovers(connection);
    expect(found).toMatchObject([
      { kind: 'topic', name: topicOf(crashed), runId: crashed, messages: 3, members: null, run: 'ended' },
      { kind: 'topic', name: topicOf(living), runId: living, messages: 0, members: null, run: 'alive' },
      { kind: 'group', name: groupOf(crashed), runId: crashed, messages: null, members: 0, run: 'ended' },
      { kind: 'group', name: groupOf(living), runId: living, messages: null, members: 1, run: 'alive' },
    ]);
    expect(found[0]!.ageMs).toBeGreaterThanOrEqual(60_000);

    const asked = [
      { kind: 'topic', name: topicOf(crashed) },
      { kind: 'group', name: groupOf(crashed) },
      { kind: 'group', name: groupOf(living) },
      { kind: 'topic', name: 'eventbus-benchmark' },
      { kind: 'topic', name: topicOf('gone') },
      { kind: 'group', name: groupOf('gone') },
    ] as const;
    const removals = await removeKafkaLeftovers(connection, asked);
    expect(removals.map(({ outcome }) => outcome)).toEqual([
      'removed',
      'removed',
      'in use',
      'not ours',
      'already gone',
      'already gone',
    ]);
    const left = (await admin.listTopics()).filter((name) => !name.startsWith('__'));
    expect(left.sort()).toEqual([topicOf(living), 'eventbus-benchmark', `my.${kafkaMark}x.topic`].sort());
  });

  it('are not taken for crashed where another host made them', async () => {
    const { connection } = broker();
    const admin = new kafkajs.Kafka(kafkaClientConfig(connection, 'test')).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    const topic = `${kafkaMark}${runId({ hostTag: 'elsewhere' })}_3.topic-0`;
    await admin.createTopics({ topics: [{ topic }] });
    const found = await listKafkaLeftovers(connection);
    expect(found.find(({ name }) => name === topic)).toMatchObject({ run: 'unknown', owner: null });
  });
});

async function membersOf(admin: Admin, group: string): Promise<number> {
  const { groups } = await admin.describeGroups([group]);
  return groups[0]?.members.length ?? 0;
}

async function send(connection: KafkaConnectionOptions, topic: string, count: number): Promise<void> {
  const producer = new kafkajs.Kafka(kafkaClientConfig(connection, 'test')).producer();
  await producer.connect();
  await producer.send({ topic, messages: Array.from({ length: count }, (_, i) => ({ value: String(i) })) });
  await producer.disconnect();
}
