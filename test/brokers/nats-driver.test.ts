import { describe, expect, it } from 'vitest';
import { describeOwner } from '../../src/broker/nats/mark.js';
import { natsDriver } from '../../src/broker/nats/driver.js';
import { capabilities, hasCapability } from '../../src/broker/nats/connecting/server-version.js';
import { PublishFailure } from '../../src/broker/port.js';
import { BrokerError } from '../../src/domain/errors.js';
import { durable, event, eventually, newRunId, openBus, openClient } from './nats-fixture.js';
import { pullBatch, pullOne, requestsWait, subjectOf, topologyOf } from './nats-fixture.js';
import { describeOnNats, useServer } from './servers.js';

describeOnNats('the NATS driver', (binary) => {
  const server = useServer(binary);
  const open = (options: Parameters<typeof openBus>[1] = {}) => openBus(server().connection, options);

  describe('publishing and pulling', () => {
    it('delivers what was published, in stream order, with its position and delivery count', async () => {
      const { publisher, pulls } = await open({ topics: 2 });
      const events = Array.from({ length: 200 }, (_, i) => event(i + 1, { aggregate: i % 7, topic: i % 2 }));
      const acks = await Promise.all(events.map((one) => publisher.publish(one)));
      expect(acks.map((ack) => ack.position)).toEqual(events.map((_, i) => i + 1));
      expect(acks.every((ack) => ack.partition === 0 && !ack.duplicate)).toBe(true);

      const { messages, end } = await pullBatch(pulls[0]!, 200, 5_000);
      expect(messages.map((message) => message.event)).toEqual(events);
      expect(messages.map((message) => message.position)).toEqual(acks.map((ack) => ack.position));
      expect(messages.every((message) => message.deliveryCount === 1 && message.partition === 0)).toBe(true);
      expect(end.status).toBe('complete');
    });

    it('ends a request at its expiry and keeps what had come', async () => {
      const { publisher, pulls } = await open();
      await publisher.publish(event(1));
      const { messages, end } = await pullBatch(pulls[0]!, 10, 150);
      expect(messages).toHaveLength(1);
      expect(end.status).toBe('expired');
    });

    it('hands over what comes while it waits', async () => {
      const { publisher, pulls } = await open();
      pulls[0]!.pull(1, 5_000);
      expect(pulls[0]!.poll()).toBeUndefined();
      const next = pulls[0]!.next();
      await publisher.publish(event(1));
      expect(await next).toMatchObject({ kind: 'message', event: event(1) });
    });

    it('lets pulls of one durable take turns, message by message', async () => {
      const { publisher, topology, pulls } = await open();
      const second = await natsDriver(server().connection, { runId: 'second' }).openSubscription(
        topology,
        topology.subscriptions[0]!,
      );
      pulls[0]!.pull(2, 5_000);
      await requestsWait(server().url, topology, 1);
      second.pull(2, 5_000);
      await requestsWait(server().url, topology, 2);
      for (let version = 1; version <= 4; version++) await publisher.publish(event(version));
      const take = async (pull: typeof second) => [await pull.next(), await pull.next()];
      const versions = (await Promise.all([take(pulls[0]!), take(second)])).map((items) =>
        items.map((item) => (item.kind === 'message' ? item.event.version : item.status)),
      );
      expect(versions).toEqual([
        [1, 3],
        [2, 4],
      ]);
      await second.close();
    });

    it('reports a publish to a subject that no stream takes as failed', async () => {
      const { publisher, admin } = await open();
      await admin.remove();
      await expect(publisher.publish(event(1))).rejects.toThrow(PublishFailure);
    });

    it('reports a publish that the server refuses as failed, with the reason of the server', async () => {
      const { publisher, topology } = await open();
      const manager = await (await openClient(server().url)).jetstreamManager();
      await manager.streams.update(topology.stream.name, { max_msgs: 1 });
      await publisher.publish(event(1));
      await expect(publisher.publish(event(2))).rejects.toThrow(/refused the event: maximum messages exceeded/);
    });

    it('says of a message that is no event of this tool that it is foreign, and takes it off the durable', async () => {
      const { publisher, pulls, topology, notes, admin } = await open();
      const client = await openClient(server().url);
      await client.jetstream().publish(topology.stream.subjects[0]!, 'hello');
      await publisher.publish(event(1));
      const { messages } = await pullBatch(pulls[0]!, 2, 2_000);
      expect(messages.map((message) => message.event.version)).toEqual([1]);
      expect(notes).toContainEqual({
        kind: 'foreign-message',
        detail: { subscription: 'sub-all', subject: topology.stream.subjects[0] },
      });
      await eventually(
        () => admin.durables(),
        ([state]) => state!.ackPending === 1,
      );
    });

    it('ends the request as a conflict when its durable is removed', async () => {
      const { pulls, topology } = await open();
      pulls[0]!.pull(1, 10_000);
      await requestsWait(server().url, topology, 1);
      const manager = await (await openClient(server().url)).jetstreamManager();
      await manager.consumers.delete(topology.stream.name, 'all');
      expect(await pulls[0]!.next()).toMatchObject({ kind: 'end', status: 'conflict' });
    });

    it('ends as closed, for whoever waits and for whoever comes later', async () => {
      const { pulls } = await open();
      const [pull] = pulls;
      pull!.pull(1, 10_000);
      const waiting = pull!.next();
      await pull!.close();
      expect(await waiting).toMatchObject({ kind: 'end', status: 'closed' });
      pull!.pull(1, 10_000);
      expect(await pull!.next()).toMatchObject({ kind: 'end', status: 'closed' });
    });
  });

  describe('acknowledgements', () => {
    it('settle the durable', async () => {
      const { publisher, pulls, admin } = await open();
      for (let version = 1; version <= 3; version++) await publisher.publish(event(version));
      expect(await admin.durables()).toEqual([{ name: 'all', pending: 3, ackPending: 0 }]);
      const { messages } = await pullBatch(pulls[0]!, 3, 5_000);
      expect(await admin.durables()).toEqual([{ name: 'all', pending: 0, ackPending: 3 }]);
      pulls[0]!.ack(messages[0]!.token);
      pulls[0]!.ack(messages[0]!.token);
      pulls[0]!.term(messages[1]!.token);
      await eventually(
        () => admin.durables(),
        ([state]) => state!.ackPending === 1,
      );
    });

    it('bring a nak’d event back at once, counted as a second delivery', async () => {
      const { publisher, pulls } = await open();
      await publisher.publish(event(1));
      pulls[0]!.nak((await pullOne(pulls[0]!)).token);
      expect(await pullOne(pulls[0]!)).toMatchObject({ event: { version: 1 }, deliveryCount: 2, position: 1 });
    });

    it('let later events pass a nak with a delay', async () => {
      const { publisher, pulls } = await open();
      await publisher.publish(event(1));
      pulls[0]!.nak((await pullOne(pulls[0]!)).token, 1_500);
      await publisher.publish(event(2));
      expect((await pullOne(pulls[0]!)).event.version).toBe(2);
      expect(await pullOne(pulls[0]!)).toMatchObject({ event: { version: 1 }, deliveryCount: 2 });
    });

    it('bring an event back when the ack wait is over', async () => {
      const { publisher, pulls } = await open({ durables: [durable('all', { ackWaitMs: 200 })] });
      await publisher.publish(event(1));
      await pullOne(pulls[0]!);
      expect(await pullOne(pulls[0]!)).toMatchObject({ event: { version: 1 }, deliveryCount: 2 });
    });

    it('do not bring it back while it is reported as in progress', async () => {
      const { publisher, pulls } = await open({ durables: [durable('all', { ackWaitMs: 2_000 })] });
      await publisher.publish(event(1));
      const { token } = await pullOne(pulls[0]!);
      for (let i = 0; i < 7; i++) {
        const { messages } = await pullBatch(pulls[0]!, 1, 400);
        expect(messages).toEqual([]);
        pulls[0]!.inProgress(token);
      }
    });

    it('stop after max_deliver deliveries, which the server tells', async () => {
      const { publisher, pulls, admin, notes } = await open({
        durables: [durable('all', { maxDeliver: 2, ackWaitMs: 100 })],
      });
      await publisher.publish(event(1));
      await pullOne(pulls[0]!);
      await pullOne(pulls[0]!);
      const pulling = pullBatch(pulls[0]!, 1, 1_000);
      await eventually(
        () => admin.givenUp,
        (count) => count === 1,
      );
      expect(notes).toContainEqual({ kind: 'given-up', detail: { durable: 'all', position: 1 } });
      expect((await pulling).messages).toEqual([]);
      await eventually(
        () => admin.durables(),
        ([state]) => state!.pending === 0 && state!.ackPending === 0,
      );
    });

    it('hold back new events while max_ack_pending are unacknowledged', async () => {
      const { publisher, pulls } = await open({ durables: [durable('all', { maxAckPending: 2 })] });
      for (let version = 1; version <= 3; version++) await publisher.publish(event(version));
      const { messages } = await pullBatch(pulls[0]!, 3, 500);
      expect(messages).toHaveLength(2);
      pulls[0]!.ack(messages[0]!.token);
      expect((await pullOne(pulls[0]!)).event.version).toBe(3);
    });
  });

  describe('the topology', () => {
    it('is on the server as it was asked for, with the marks of this tool', async () => {
      const runId = newRunId();
      const { topology } = await open({
        runId,
        topics: 2,
        durables: [
          durable('a', { filterSubjects: [subjectOf(runId, 0)], ackWaitMs: 1_500, maxAckPending: 7, maxDeliver: 4 }),
          durable('b', { backoffMs: [100, 200], maxDeliver: 5 }),
        ],
      });
      const manager = await (await openClient(server().url)).jetstreamManager();
      const stream = await manager.streams.info(topology.stream.name);
      expect(stream.config).toMatchObject({
        subjects: [subjectOf(runId, 0), subjectOf(runId, 1)],
        retention: 'limits',
        storage: 'file',
      });
      expect(stream.config.description).toContain(`"run":"${runId}"`);
      expect(stream.config.description).toContain(`"pid":${process.pid}`);
      if (hasCapability(binary.version, capabilities.metadata)) {
        expect(stream.config.metadata).toMatchObject({ 'eventbus-bench-run': runId });
      }
      expect((await manager.consumers.info(topology.stream.name, 'a')).config).toMatchObject({
        durable_name: 'a',
        ack_policy: 'explicit',
        deliver_policy: 'all',
        filter_subject: subjectOf(runId, 0),
        ack_wait: 1_500e6,
        max_ack_pending: 7,
        max_deliver: 4,
      });
      const unfiltered = (await manager.consumers.info(topology.stream.name, 'b')).config;
      expect(unfiltered).toMatchObject({ backoff: [100e6, 200e6], max_deliver: 5 });
      expect(unfiltered.filter_subject ?? '').toBe('');
    });

    it('gives each durable the subjects of its filter, and one without filter all of them', async () => {
      const runId = newRunId();
      const { publisher, pulls } = await open({
        runId,
        topics: 2,
        durables: [durable('first', { filterSubjects: [subjectOf(runId, 0)] }), durable('all')],
      });
      for (let version = 1; version <= 4; version++) await publisher.publish(event(version, { topic: version % 2 }));
      const topicsOf = async (index: number) =>
        (await pullBatch(pulls[index]!, 4, 500)).messages.map((message) => message.event.topic);
      expect(await topicsOf(0)).toEqual([0, 0]);
      expect(await topicsOf(1)).toEqual([1, 0, 1, 0]);
    });

    it('with several filters on one durable is honoured from 2.10 on, and refused before', async () => {
      const runId = newRunId();
      const filters = { filterSubjects: [subjectOf(runId, 0), subjectOf(runId, 2)] };
      const opening = open({ runId, topics: 3, durables: [durable('two', filters)] });
      if (hasCapability(binary.version, capabilities.multipleFilters)) {
        const { publisher, pulls } = await opening;
        for (let topic = 0; topic < 3; topic++) await publisher.publish(event(1, { aggregate: topic, topic }));
        const { messages } = await pullBatch(pulls[0]!, 3, 500);
        expect(messages.map((message) => message.event.topic)).toEqual([0, 2]);
      } else {
        await expect(opening).rejects.toThrow(/several filter subjects on one durable needs 2\.10\.0 or later/);
        const manager = await (await openClient(server().url)).jetstreamManager();
        await expect(manager.streams.info(`EVENTBUS_BENCH_${runId}`)).rejects.toThrow(/not found/);
      }
    });

    it('goes away with remove(), which may be called twice', async () => {
      const { admin, topology } = await open();
      await admin.remove();
      await admin.remove();
      const manager = await (await openClient(server().url)).jetstreamManager();
      await expect(manager.streams.info(topology.stream.name)).rejects.toThrow(/not found/);
      expect(await admin.durables()).toEqual([]);
    });

    it('goes away with remove() even if the connection of the administrator is closed', async () => {
      const { admin, topology } = await open();
      await admin.close();
      await admin.remove();
      await admin.close();
      const manager = await (await openClient(server().url)).jetstreamManager();
      await expect(manager.streams.info(topology.stream.name)).rejects.toThrow(/not found/);
    });

    it.each([
      ['without marks', 'orders of the shop'],
      ['of another run', describeOwner({ runId: 'another', host: 'h', pid: 1 })],
    ])('leaves a stream of its name alone that is there already, %s', async (_, description) => {
      const runId = newRunId();
      const topology = topologyOf(runId, 1, [durable('all')]);
      const { name } = topology.stream;
      const manager = await (await openClient(server().url)).jetstreamManager();
      await manager.streams.add({ name, subjects: ['orders.>'], description });
      const admin = await natsDriver(server().connection, { runId }).openAdmin();
      await expect(admin.create(topology)).rejects.toThrow(BrokerError);
      await admin.remove();
      await admin.close();
      expect((await manager.streams.info(name)).config.description).toBe(description);
      await manager.streams.delete(name);
    });

    it('leaves a stream alone that takes its subjects already', async () => {
      const runId = newRunId();
      const manager = await (await openClient(server().url)).jetstreamManager();
      await manager.streams.add({ name: 'ORDERS', subjects: [`eventbus-bench.${runId}.>`] });
      const admin = await natsDriver(server().connection, { runId }).openAdmin();
      const refused = admin.create(topologyOf(runId, 1, [durable('all')]));
      await expect(refused).rejects.toThrow(/could not make the stream .*: another stream takes these subjects/);
      await admin.remove();
      await admin.close();
      expect((await manager.streams.info('ORDERS')).config.name).toBe('ORDERS');
      await manager.streams.delete('ORDERS');
    });

    it('is told with the version of the server and of the client', async () => {
      const { admin, topology } = await open();
      expect(admin.broker).toEqual({ kind: 'nats', version: binary.version, url: server().url });
      expect(admin.clientOf(topology)).toMatchObject({
        name: 'nats',
        version: expect.stringMatching(/^2\./) as string,
      });
    });
  });
});
