import { afterEach, expect, it, vi } from 'vitest';
import { KafkaTestRun, event, publishSerially, take, takeAndAck, versionsOf } from './kafka-driver-fixture.js';
import type { KafkaTestOptions } from './kafka-driver-fixture.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

const patience = { timeout: 15_000, interval: 20 };

describeOnKafka('the Kafka driver', () => {
  const kafka = useKafka();
  const runs: KafkaTestRun[] = [];

  async function begin(options?: KafkaTestOptions): Promise<KafkaTestRun> {
    const run = await KafkaTestRun.begin(kafka().connection, options);
    runs.push(run);
    return run;
  }

  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.end()));
  });

  it('tells broker and client', async () => {
    const { admin, topology } = await begin();
    expect(admin.broker).toEqual({
      kind: 'kafka',
      version: expect.stringMatching(/^\d+\.\d+$/) as string,
      url: kafka().brokers.join(','),
    });
    expect(admin.clientOf(topology)).toEqual({ name: 'kafkajs', version: '2.2.4' });
  });

  it('acknowledges a publish with the partition and position at which it is delivered', async () => {
    const run = await begin({ topics: 2, partitions: 3 });
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    const events = Array.from({ length: 300 }, (_, i) => event(Math.floor(i / 30) + 1, i % 30, i % 2));
    const acks = await Promise.all(events.map((one) => publisher.publish(one)));
    const delivered: string[] = [];
    while (delivered.length < events.length) {
      const [message] = await take(subscription, 1);
      subscription.ack(message!.token);
      expect(message!.owned).toBe(true);
      expect(message!.deliveryCount).toBeNull();
      const { aggregate, version, topic } = message!.event;
      delivered.push(`${topic}/${message!.partition}@${message!.position} ${aggregate} v${version}`);
    }
    const published = events.map(({ aggregate, version, topic }, i) => {
      return `${topic}/${acks[i]!.partition}@${acks[i]!.position} ${aggregate} v${version}`;
    });
    expect(delivered.sort()).toEqual(published.sort());
  });

  it('keeps an aggregate in one partition and in the order of its publishes', async () => {
    const run = await begin({ partitions: 5 });
    const publisher = await run.publisher();
    const versions = Array.from({ length: 2_000 }, (_, i) => i + 1);
    const aggregates = [0, 1, 2, 3, 4, 5, 6, 7];
    const acks = await Promise.all(
      aggregates.map((aggregate) =>
        Promise.all(versions.map((version) => publisher.publish(event(version, aggregate)))),
      ),
    );
    for (const ofOne of acks) {
      expect(new Set(ofOne.map(({ partition }) => partition)).size).toBe(1);
      expect(ofOne.filter(({ position }, i) => i > 0 && position < ofOne[i - 1]!.position)).toEqual([]);
    }
    expect(new Set(acks.flat().map(({ partition }) => partition)).size).toBeGreaterThan(1);
  });

  it('spreads events without a key', async () => {
    const run = await begin({ partitions: 3, producer: { key: 'none' } });
    const acks = await publishSerially(await run.publisher(), 1, 6);
    expect(acks.map(({ partition }) => partition).sort()).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('hashes with the partitioner of the publisher', async () => {
    const run = await begin({ partitions: 50, producer: { partitioners: ['default', 'fnv1a'] } });
    const [first, second] = await Promise.all([run.publisher(0), run.publisher(1)]);
    const [byDefault, byFnv] = await Promise.all([first.publish(event(1)), second.publish(event(2))]);
    expect(byFnv.partition).not.toBe(byDefault.partition);
  });

  it('knows no position where no acknowledgement is asked for', async () => {
    const run = await begin({ producer: { acks: 'none' } });
    const ack = await (await run.publisher()).publish(event(1));
    expect(ack).toEqual({ partition: -1, position: 0, duplicate: false });
    const subscription = await run.subscription();
    expect(versionsOf(await take(subscription, 1))).toEqual([1]);
  });

  it('commits the position below which everything was acknowledged', async () => {
    const run = await begin({ consumer: { commit: { kind: 'manual' } } });
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await Promise.all([1, 2, 3, 4, 5].map((version) => publisher.publish(event(version))));
    const messages = await take(subscription, 5);
    for (const index of [0, 1, 3]) subscription.ack(messages[index]!.token);
    await vi.waitFor(async () => expect(await run.committed()).toEqual([2]), patience);
    subscription.ack(messages[2]!.token);
    await vi.waitFor(async () => expect(await run.committed()).toEqual([4]), patience);
    subscription.ack(messages[4]!.token);
    await vi.waitFor(async () => expect(await run.committed()).toEqual([5]), patience);
  });

  it('lets the client commit at the end of a batch', async () => {
    const run = await begin();
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await Promise.all([1, 2].map((version) => publisher.publish(event(version))));
    const messages = await take(subscription, 2);
    expect(await run.admin.durables({ highest: () => 2 })).toMatchObject([{ pending: 0, ackPending: 2 }]);
    expect(await run.admin.durables({ highest: () => 0 })).toMatchObject([{ pending: 2 }]);
    for (const { token } of messages) subscription.ack(token);
    await vi.waitFor(async () => expect(await run.committed()).toEqual([2]), patience);
    expect(await run.admin.durables({ highest: () => 2 })).toMatchObject([{ pending: 0, ackPending: 0 }]);
  });

  it('lets the client commit within a batch where a threshold says so', async () => {
    const run = await begin({ consumer: { commit: { kind: 'auto', intervalMs: null, threshold: 3 } } });
    const publisher = await run.publisher();
    await Promise.all([1, 2, 3, 4, 5].map((version) => publisher.publish(event(version))));
    const subscription = await run.subscription();
    const messages = await take(subscription, 5);
    for (const { token } of messages.slice(0, 4)) subscription.ack(token);
    await vi.waitFor(async () => expect(await run.committed()).toEqual([4]), patience);
  });

  it('never commits where nobody acknowledges', async () => {
    const run = await begin({ consumer: { commit: { kind: 'never' } } });
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await publishSerially(publisher, 1, 3);
    expect(versionsOf(await take(subscription, 3))).toEqual([1, 2, 3]);
    await publishSerially(publisher, 4, 5);
    expect(versionsOf(await take(subscription, 2))).toEqual([4, 5]);
    expect(await run.committed()).toEqual([-1]);
    expect(await run.admin.durables({ highest: () => 5 })).toMatchObject([{ pending: 0, ackPending: 0 }]);
  });

  it('hands over one message of a partition at a time with each-message', async () => {
    const run = await begin({ consumer: { consume: 'each-message', commit: { kind: 'manual' } } });
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await Promise.all([1, 2, 3].map((version) => publisher.publish(event(version))));
    for (const version of [1, 2, 3]) {
      const [message] = await take(subscription, 1);
      expect(message!.event.version).toBe(version);
      expect(subscription.poll()).toBeUndefined();
      subscription.ack(message!.token);
      await vi.waitFor(async () => expect(await run.committed()).toEqual([version]), patience);
    }
  });

  for (const consume of ['each-message', 'each-batch'] as const) {
    it(`comes back at a message that was refused: f1 f2 f2 f3, with ${consume}`, async () => {
      const run = await begin({ consumer: { consume } });
      const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
      await Promise.all([1, 2, 3].map((version) => publisher.publish(event(version))));
      const handled: number[] = [];
      const committedAtFailure: (readonly number[])[] = [];
      while (handled.at(-1) !== 3) {
        const [message] = await take(subscription, 1);
        const { version } = message!.event;
        // What was handed over behind the refused one, in the batch that is no more.
        if (version === 3 && handled.filter((one) => one === 2).length === 1) continue;
        handled.push(version);
        if (handled.length === 2) {
          subscription.nak(message!.token);
          await vi.waitFor(async () => expect(await run.committed()).toEqual([1]), patience);
          committedAtFailure.push(await run.committed());
        } else subscription.ack(message!.token);
      }
      expect(handled).toEqual([1, 2, 2, 3]);
      expect(committedAtFailure).toEqual([[1]]);
    });
  }

  it('does not resolve anything by acknowledgements of a batch that is no more', async () => {
    const run = await begin();
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await Promise.all([1, 2].map((version) => publisher.publish(event(version))));
    const first = await take(subscription, 2);
    subscription.nak(first[0]!.token);
    const again = await take(subscription, 2);
    expect(versionsOf(again)).toEqual([1, 2]);
    for (const { token } of first) subscription.ack(token);
    expect(await run.committed()).toEqual([-1]);
    for (const { token } of again) subscription.ack(token);
    await vi.waitFor(async () => expect(await run.committed()).toEqual([2]), patience);
  });

  it('waits until the group has all members that begin at once', async () => {
    const run = await begin({ partitions: 4, subscriptions: [{}, {}] });
    await Promise.all([run.subscription(0), run.subscription(1)]);
    const last = ['member-0', 'member-1'].map((name) =>
      run.notesOf('rebalance').findLast(({ subscription }) => subscription === name),
    );
    expect(last.map((note) => note?.['members'])).toEqual([2, 2]);
    expect(last[0]!['epoch']).toBe(last[1]!['epoch']);
    const assigned = last.flatMap((note) => String(note?.['assigned']).replace('topic-0:', '').split(','));
    expect(assigned.sort()).toEqual(['0', '1', '2', '3']);
  });

  it('notes a rebalance when a second member joins, and replays what was not committed', async () => {
    const run = await begin({ partitions: 2, subscriptions: [{}, { begins: 'later' }] });
    const [publisher, first] = await Promise.all([run.publisher(), run.subscription(0)]);
    const acks = await Promise.all(Array.from({ length: 20 }, (_, i) => publisher.publish(event(1, i))));
    // One batch a partition; the second comes when the first is settled, which it never is.
    const [head] = await take(first, 1);
    const second = await run.subscription(1);
    const joined = await vi.waitFor(() => {
      const both = run.notesOf('rebalance').filter(({ members }) => members === 2);
      expect(both.map(({ subscription }) => subscription).sort()).toEqual(['member-0', 'member-1']);
      return both;
    }, patience);
    const notes = run.notesOf('rebalance');
    expect(notes[0]).toMatchObject({ subscription: 'member-0', assigned: 'topic-0:0,1', members: 1 });
    expect(new Set(joined.map(({ epoch }) => epoch)).size).toBe(1);
    expect(Number(joined[0]!['epoch'])).toBeGreaterThan(Number(notes[0]!['epoch']));

    const ownPartition = Number(
      /:(\d)/.exec(String(joined.find(({ subscription }) => subscription === 'member-1')!['assigned']))![1],
    );
    const there = acks.filter(({ partition }) => partition === ownPartition).length;
    const replayed = await take(second, there);
    expect(replayed.map(({ position }) => position)).toEqual(Array.from({ length: there }, (_, i) => i + 1));
    expect(replayed.every(({ owned, partition }) => owned === true && partition === ownPartition)).toBe(true);
    // The old owner's hand-over stays with it; its acknowledgement says nothing any more.
    if (head!.partition === ownPartition) first.ack(head!.token);
    const rest = await take(first, acks.filter(({ partition }) => partition === head!.partition).length - 1);
    expect(rest.every(({ partition, owned }) => owned === (partition !== ownPartition))).toBe(true);
  });

  it('uses added partitions, and splits keys from then on', async () => {
    const run = await begin({ partitions: 1 });
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await publishSerially(publisher, 1, 2);
    await takeAndAck(subscription, 2);
    await run.admin.disturb.addPartitions!(7);
    let version = 3;
    const partitionsSeen = new Set<number>();
    await vi.waitFor(async () => {
      const acks = await Promise.all(
        Array.from({ length: 20 }, (_, aggregate) => publisher.publish(event(version, aggregate))),
      );
      version++;
      for (const { partition } of acks) partitionsSeen.add(partition);
      expect(partitionsSeen.size).toBeGreaterThan(3);
    }, patience);
    const total = 2 + (version - 3) * 20;
    const taken = await takeAndAck(subscription, total - 2);
    expect(new Set(taken.map(({ partition }) => partition))).toEqual(partitionsSeen);
    expect(await run.admin.durables({ highest: () => 0 })).toMatchObject([{ pending: total }]);
  });

  it('refuses a topic that exists, and leaves it', async () => {
    const run = await begin({ partitions: 2 });
    const other = await run.driver.openAdmin();
    const changed = { ...run.topology, topics: run.topology.topics.map(({ name }) => ({ name, partitions: 3 })) };
    await expect(other.create(changed)).rejects.toMatchObject({
      code: 'broker-unavailable',
      message: expect.stringContaining('with 2 partitions, where 3 are wanted') as string,
    });
    await other.remove();
    await other.close();
    expect((await publishSerially(await run.publisher(), 1, 1))[0]!.position).toBe(1);
  });

  it('closes promptly while messages are unsettled', async () => {
    const run = await begin();
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await publishSerially(publisher, 1, 2);
    await take(subscription, 1);
    const waiting = take(subscription, 5);
    waiting.catch(() => {});
    await subscription.close();
    await expect(waiting).rejects.toThrow('the connection was closed');
    expect(await subscription.next()).toMatchObject({ kind: 'end', status: 'closed' });
  });

  it('leaves nothing behind, however often it is removed', async () => {
    const run = await begin({ topics: 2 });
    const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
    await publishSerially(publisher, 1, 1);
    subscription.ack((await take(subscription, 1))[0]!.token);
    await Promise.all([publisher.close(), subscription.close()]);
    await run.admin.remove();
    await run.admin.remove();
    expect(await run.admin.durables({ highest: () => 0 })).toEqual([]);
    // The names are free again.
    await run.admin.create(run.topology);
    expect(await run.committed()).toEqual([-1]);
  });
});
