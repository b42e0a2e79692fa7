/**
 * Tests the topologies that strategies make on real servers: subject partitions as the server computes them, a pinned
 * client that is replaced when it goes, an ordered consumer that is made again when it was deleted.
 */
import { expect, it, onTestFinished, vi } from 'vitest';
import type { BrokerMessage } from '../../src/broker/port.js';
import { natsConnectionOptions } from '../../src/broker/nats/connecting/connection-options.js';
import { natsDriver } from '../../src/broker/nats/driver.js';
import { capabilities, hasCapability } from '../../src/broker/nats/connecting/server-version.js';
import { UnsupportedError } from '../../src/domain/errors.js';
import { subjectPartitionOf } from '../../src/domain/stream-subjects.js';
import { durable, event, newRunId, openBus, openClient, pullBatch, pullOne, type Bus } from './nats-fixture.js';
import { describeOnNats, useServer } from './servers.js';

const partitions = 7;
const mapping = `mappings: { "hash.*": "partition.{{wildcard(1)}}.{{partition(${partitions},1)}}" }`;

describeOnNats('topologies of strategies', (binary) => {
  const server = useServer(binary, mapping);
  const connection = () => natsConnectionOptions({ url: server().url });

  it("subject partitions are those of the server's own mapping", async () => {
    const client = await openClient(server().url);
    const mapped = new Map<string, number>();
    client.subscribe('partition.*.*', {
      callback: (_error, { subject }) => {
        const [, id, partition] = subject.split('.');
        mapped.set(id!, Number(partition));
      },
    });
    const ids = [...Array.from({ length: 50 }, (_, i) => `agg-${i}`), 'Größe', '注文-1'];
    for (const id of ids) client.publish(`hash.${id}`);
    await client.flush();
    await vi.waitFor(() => expect(mapped.size).toBe(ids.length));
    for (const id of ids) expect(mapped.get(id), id).toBe(subjectPartitionOf(id, partitions));
    expect(new Set(mapped.values()).size).toBe(partitions);
  });

  const pinned = durable('pinned', { pinned: { group: 'bus', pinTimeoutMs: 1_500 } });

  if (hasCapability(binary.version, capabilities.pinnedClients)) {
    it('a pinned client gets everything while it pulls, and another when it has gone', async () => {
      const runId = newRunId();
      const { topology, publisher, pulls } = await openBus(connection(), { runId, durables: [pinned] });
      const other = await natsDriver(connection(), { runId }).openSubscription(topology, topology.subscriptions[0]!);
      onTestFinished(() => other.close());
      const first = pulls[0]!;
      await publisher.publish(event(1));
      first.ack((await pullOne(first)).token);
      for (let version = 2; version <= 5; version++) {
        other.pull(1, 100);
        await publisher.publish(event(version));
        const message = await pullOne(first);
        first.ack(message.token);
        expect(message.event.version).toBe(version);
        expect(await other.next()).toMatchObject({ kind: 'end', status: 'expired' });
      }
      await first.close();
      await publisher.publish(event(6));
      const goneAtMs = performance.now();
      expect((await pullOne(other)).event.version).toBe(6);
      expect(performance.now() - goneAtMs).toBeGreaterThan(500);
    });

    it('a pinned client that pulls too late is told so, and gets in again without its old pin', async () => {
      const { publisher, pulls } = await openBus(connection(), { durables: [pinned] });
      const [pull] = pulls;
      await publisher.publish(event(1));
      pull!.ack((await pullOne(pull!)).token);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await publisher.publish(event(2));
      const { messages, end } = await pullBatch(pull!, 1, 5_000);
      expect(messages).toEqual([]);
      expect(end).toMatchObject({ status: 'conflict', detail: expect.stringMatching(/^423/) as string });
      expect((await pullOne(pull!)).event.version).toBe(2);
    });
  } else {
    it('a pinned client is refused by version, before anything is made', async () => {
      const runId = newRunId();
      const opening = openBus(connection(), { runId, durables: [pinned] });
      await expect(opening).rejects.toThrow(UnsupportedError);
      await expect(opening).rejects.toThrow(/a pinned client needs 2\.11\.0 or later/);
      const manager = await (await openClient(server().url)).jetstreamManager();
      await expect(manager.streams.info(`EVENTBUS_BENCH_${runId}`)).rejects.toThrow(/not found/);
    });
  }

  /** Pulls until so many messages have come. */
  async function pullAll({ pulls }: Bus, count: number): Promise<BrokerMessage[]> {
    const messages: BrokerMessage[] = [];
    while (messages.length < count) messages.push(...(await pullBatch(pulls[0]!, 10, 300)).messages);
    return messages;
  }

  it('an ordered consumer delivers everything once and in order, though it is deleted in the middle', async () => {
    const bus = await openBus(connection(), { durables: [durable('all', { ordered: { inactiveMs: 60_000 } })] });
    const { admin, publisher, topology } = bus;
    for (let version = 1; version <= 20; version++) await publisher.publish(event(version));
    const before = await pullAll(bus, 10);
    const manager = await (await openClient(server().url)).jetstreamManager();
    const [consumer] = await manager.consumers.list(topology.stream.name).next();
    expect(consumer?.config).toMatchObject({ ack_policy: 'none', mem_storage: true });
    await manager.consumers.delete(topology.stream.name, consumer!.name);
    expect(await admin.durables({ count: () => 10 })).toEqual([{ name: 'all', pending: 10, ackPending: 0 }]);
    const versions = [...before, ...(await pullAll(bus, 10))].map((message) => message.event.version);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await admin.durables({ count: () => 20 })).toEqual([{ name: 'all', pending: 0, ackPending: 0 }]);
  });

  it('an ordered consumer is deleted by the server when nobody pulls, and made again', async () => {
    const bus = await openBus(connection(), { durables: [durable('all', { ordered: { inactiveMs: 500 } })] });
    const { publisher, topology } = bus;
    await publisher.publish(event(1));
    expect(await pullAll(bus, 1)).toHaveLength(1);
    const manager = await (await openClient(server().url)).jetstreamManager();
    const names = async () => (await manager.consumers.list(topology.stream.name).next()).map(({ name }) => name);
    await vi.waitFor(async () => expect(await names()).toEqual([]), { timeout: 10_000, interval: 100 });
    await publisher.publish(event(2));
    expect((await pullAll(bus, 1))[0]!.event.version).toBe(2);
    expect(await names()).toEqual(['all_2']);
  });
});
