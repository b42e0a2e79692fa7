/** Tests what must hold with either client library, on the same broker. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { partitionOf } from '../../src/broker/produce/partitioner.js';
import { KafkaTestRun, event, publishSerially, take, versionsOf } from './kafka-driver-fixture.js';
import type { KafkaTestOptions } from './kafka-driver-fixture.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

const patience = { timeout: 15_000, interval: 20 };

describeOnKafka('the Kafka driver, with either client', () => {
  const kafka = useKafka();
  const runs: KafkaTestRun[] = [];

  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.end()));
  });

  for (const client of ['kafkajs', 'platformatic'] as const) {
    describe(client, () => {
      async function begin(options: KafkaTestOptions = {}): Promise<KafkaTestRun> {
        const run = await KafkaTestRun.begin(kafka().connection, { ...options, client });
        runs.push(run);
        return run;
      }

      it('names itself', async () => {
        const { admin, topology } = await begin();
        const named = admin.clientOf(topology);
        expect(named.name).toBe(client === 'kafkajs' ? 'kafkajs' : '@platformatic/kafka');
        expect(named.version).toMatch(/^\d+\.\d+\.\d+/);
      });

      it('delivers every event at the position of its acknowledgement, an aggregate in order', async () => {
        const run = await begin({ topics: 2, partitions: 3 });
        const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
        const events = Array.from({ length: 2_000 }, (_, i) => event(Math.floor(i / 20) + 1, i % 20, i % 2));
        const acks = await Promise.all(events.map((one) => publisher.publish(one)));
        const versions = new Map<number, number[]>();
        const delivered: string[] = [];
        while (delivered.length < events.length) {
          const [message] = await take(subscription, 1);
          const { event: got, partition, position, owned, token } = message!;
          subscription.ack(token);
          expect(owned).toBe(true);
          versions.set(got.aggregate, [...(versions.get(got.aggregate) ?? []), got.version]);
          delivered.push(`${got.topic}/${partition}@${position} ${got.aggregate} v${got.version}`);
        }
        const published = events.map(({ aggregate, version, topic }, i) => {
          return `${topic}/${acks[i]!.partition}@${acks[i]!.position} ${aggregate} v${version}`;
        });
        expect(delivered.sort()).toEqual(published.sort());
        for (const ofOne of versions.values()) expect(ofOne).toEqual([...ofOne].sort((a, b) => a - b));
      });

      it('puts an aggregate into the partition of its key', async () => {
        const run = await begin({ partitions: 7 });
        const publisher = await run.publisher();
        const acks = await Promise.all(
          Array.from({ length: 10 }, (_, aggregate) => publisher.publish(event(1, aggregate))),
        );
        const expected = acks.map((_, aggregate) => partitionOf(`agg-${aggregate}`, 7, 'default', () => 0));
        expect(acks.map(({ partition }) => partition)).toEqual(expected);
      });

      it('does not say that a group is done before it is', async () => {
        const run = await begin({ consumer: { commit: { kind: 'manual' } } });
        const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
        await publishSerially(publisher, 1, 4);
        const states = (): Promise<unknown> => run.admin.durables({ highest: () => 4 });
        const messages = [];
        while (messages.length < 4) {
          expect(await states()).not.toMatchObject([{ pending: 0, ackPending: 0 }]);
          const [message] = await take(subscription, 1);
          messages.push(message!);
          subscription.ack(message!.token);
        }
        expect(versionsOf(messages)).toEqual([1, 2, 3, 4]);
        await vi.waitFor(async () => expect(await states()).toMatchObject([{ pending: 0, ackPending: 0 }]), patience);
      });

      it('divides the partitions among the members of a group', async () => {
        const run = await begin({ partitions: 4, subscriptions: [{}, {}] });
        const [first, second, publisher] = await Promise.all([
          run.subscription(0),
          run.subscription(1),
          run.publisher(),
        ]);
        await Promise.all(Array.from({ length: 40 }, (_, aggregate) => publisher.publish(event(1, aggregate))));
        const partitions: Set<number>[] = [new Set(), new Set()];
        let taken = 0;
        await vi.waitFor(() => {
          for (const [index, subscription] of [first, second].entries()) {
            for (let item = subscription.poll(); item?.kind === 'message'; item = subscription.poll()) {
              partitions[index]!.add(item.partition);
              subscription.ack(item.token);
              taken++;
            }
          }
          expect(taken).toBe(40);
        }, patience);
        expect([...partitions[0]!].filter((partition) => partitions[1]!.has(partition))).toEqual([]);
        expect(partitions[0]!.size + partitions[1]!.size).toBe(4);
      });

      it('closes promptly, and leaves nothing behind', async () => {
        const run = await begin();
        const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
        await publishSerially(publisher, 1, 1);
        await take(subscription, 1);
        await Promise.all([publisher.close(), subscription.close()]);
        expect(await subscription.next()).toMatchObject({ kind: 'end', status: 'closed' });
        await run.admin.remove();
        await run.admin.create(run.topology);
      });
    });
  }

  it('refuses by name what a client lacks', async () => {
    const refused: readonly [KafkaTestOptions, string][] = [
      [{ consumer: { consume: 'each-message' } }, 'handling of one message at a time'],
      [{ consumer: { partitionsConcurrently: 2 } }, 'partitions that are handled at the same time'],
      [{ consumer: { commit: { kind: 'auto', intervalMs: null, threshold: 5 } } }, 'by a number of messages'],
    ];
    for (const [options, what] of refused) {
      const run = await KafkaTestRun.begin(kafka().connection, { ...options, client: 'platformatic' });
      runs.push(run);
      await expect(run.subscription()).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining(what) as string,
      });
    }
    const run = await KafkaTestRun.begin(kafka().connection, {
      producer: { idempotent: true },
      client: 'platformatic',
    });
    runs.push(run);
    await expect(run.publisher()).rejects.toMatchObject({
      message: expect.stringContaining('idempotent producer with more than one request in flight') as string,
    });
  });
});
