/** The second NATS client: what is consumed with it, what its answers do, and which runs it is refused for. */
import { expect, it } from 'vitest';
import type { BrokerMessage, PullConnection } from '../../src/broker/port.js';
import { UnsupportedError } from '../../src/domain/errors.js';
import { durable, event, eventually, openBus, openClient, type BusOptions } from './nats-fixture.js';
import { describeOnNats, useServer } from './servers.js';
import { proxyTo } from './tcp-proxy.js';

/** Takes so many messages; the test fails on an end. */
async function take(pull: PullConnection, count: number): Promise<BrokerMessage[]> {
  const messages: BrokerMessage[] = [];
  while (messages.length < count) {
    const item = pull.poll() ?? (await pull.next());
    if (item.kind === 'end') throw new Error(`${item.status}: ${item.detail}`);
    messages.push(item);
  }
  return messages;
}

describeOnNats('the client @nats-io/jetstream', (binary) => {
  const server = useServer(binary);
  const open = (options: BusOptions = {}) => openBus(server().connection, { natsClient: 'nats-io', ...options });

  it('is named with its version', async () => {
    const { admin, topology } = await open();
    expect(admin.clientOf(topology)).toMatchObject({
      name: '@nats-io/jetstream',
      version: expect.stringMatching(/^3\./) as string,
    });
  });

  it('delivers what was published, in stream order, with its position and delivery count', async () => {
    const { publisher, pulls } = await open({ topics: 2 });
    const events = Array.from({ length: 200 }, (_, i) => event(i + 1, { aggregate: i % 7, topic: i % 2 }));
    pulls[0]!.pull(50, 1_000);
    const acks = await Promise.all(events.map((one) => publisher.publish(one)));
    const messages = await take(pulls[0]!, 200);
    expect(messages.map((message) => message.event)).toEqual(events);
    expect(messages.map((message) => message.position)).toEqual(acks.map((ack) => ack.position));
    expect(messages.every((message) => message.deliveryCount === 1 && message.partition === 0)).toBe(true);
  });

  it('fetches ahead as much as it was told to, and more once three quarters of that were taken', async () => {
    const { publisher, pulls, admin } = await open();
    for (let version = 1; version <= 40; version++) await publisher.publish(event(version));
    pulls[0]!.pull(20, 30_000);
    await take(pulls[0]!, 1);
    const inHand = (count: number) =>
      eventually(
        () => admin.durables(),
        ([state]) => state!.ackPending === count,
      );
    await inHand(20);
    await take(pulls[0]!, 19);
    await inHand(40);
  });

  it('acknowledges, and terminates', async () => {
    const { publisher, pulls, admin } = await open();
    for (let version = 1; version <= 3; version++) await publisher.publish(event(version));
    pulls[0]!.pull(3, 1_000);
    const messages = await take(pulls[0]!, 3);
    pulls[0]!.ack(messages[0]!.token);
    pulls[0]!.term(messages[1]!.token);
    await eventually(
      () => admin.durables(),
      ([state]) => state!.ackPending === 1,
    );
  });

  it('brings a nak’d event back as a second delivery, after its delay if it has one', async () => {
    const { publisher, pulls } = await open();
    await publisher.publish(event(1));
    pulls[0]!.pull(10, 1_000);
    const [first] = await take(pulls[0]!, 1);
    pulls[0]!.nak(first!.token);
    const [second] = await take(pulls[0]!, 1);
    expect(second).toMatchObject({ deliveryCount: 2, position: 1 });
    const beganMs = performance.now();
    pulls[0]!.nak(second!.token, 300);
    expect((await take(pulls[0]!, 1))[0]).toMatchObject({ deliveryCount: 3 });
    expect(performance.now() - beganMs).toBeGreaterThan(250);
  });

  it('restarts the ack wait of an event that is in progress', async () => {
    const { publisher, pulls } = await open({ durables: [durable('all', { ackWaitMs: 1_000 })] });
    await publisher.publish(event(1));
    pulls[0]!.pull(10, 1_000);
    const [first] = await take(pulls[0]!, 1);
    const beganMs = performance.now();
    const beating = setInterval(() => pulls[0]!.inProgress(first!.token), 100);
    setTimeout(() => clearInterval(beating), 1_500);
    await take(pulls[0]!, 1);
    expect(performance.now() - beganMs).toBeGreaterThan(2_000);
  });

  it('terminates a message that is no event of this tool, and notes it', async () => {
    const { publisher, pulls, topology, notes } = await open();
    const client = await openClient(server().url);
    await client.jetstream().publish(topology.stream.subjects[0]!, 'hello');
    await publisher.publish(event(1));
    pulls[0]!.pull(2, 1_000);
    expect((await take(pulls[0]!, 1)).map((message) => message.event.version)).toEqual([1]);
    expect(notes).toContainEqual({
      kind: 'foreign-message',
      detail: { subscription: 'sub-all', subject: topology.stream.subjects[0] },
    });
  });

  it('says so when its durable is removed', async () => {
    const { pulls, topology } = await open();
    pulls[0]!.pull(1, 1_000);
    const manager = await (await openClient(server().url)).jetstreamManager();
    await eventually(
      async () => (await manager.consumers.info(topology.stream.name, 'all')).num_waiting,
      (waiting) => waiting === 1,
    );
    await manager.consumers.delete(topology.stream.name, 'all');
    expect(await pulls[0]!.next()).toMatchObject({ kind: 'end', status: 'conflict' });
  });

  it('ends as closed, for whoever waits and for whoever comes later', async () => {
    const { pulls } = await open();
    pulls[0]!.pull(1, 1_000);
    const waiting = pulls[0]!.next();
    await pulls[0]!.close();
    expect(await waiting).toMatchObject({ kind: 'end', status: 'closed' });
    expect(await pulls[0]!.next()).toMatchObject({ kind: 'end', status: 'closed' });
  });

  it('goes on after its connection was cut, and notes both', async () => {
    const proxy = await proxyTo(server().url);
    const { publisher, pulls, notes } = await openBus({ servers: [proxy.url] }, { natsClient: 'nats-io' });
    pulls[0]!.pull(10, 1_000);
    await publisher.publish(event(1));
    await take(pulls[0]!, 1);
    proxy.cut();
    await eventually(
      () => notes.map(({ kind }) => kind),
      (kinds) => kinds.includes('disconnect'),
    );
    proxy.restore();
    await eventually(
      () => notes.map(({ kind }) => kind),
      (kinds) => kinds.includes('reconnect'),
    );
    await publisher.publish(event(2));
    expect((await take(pulls[0]!, 1))[0]!.event.version).toBe(2);
  });

  it('is refused for pinned consumers before anything is made', async () => {
    const pinned = durable('all', { pinned: { group: 'g', pinTimeoutMs: 1_000 } });
    await expect(open({ durables: [pinned] })).rejects.toThrow(UnsupportedError);
  });
});
