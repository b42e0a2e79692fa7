import { describe, expect, it, onTestFinished } from 'vitest';
import { natsDriver } from '../../src/broker/nats/driver.js';
import type { PrivateServer } from '../../src/broker/nats/private/private-server.js';
import { PublishFailure } from '../../src/broker/port.js';
import type { PublishAck } from '../../src/broker/port.js';
import { BrokerError } from '../../src/domain/errors.js';
import { event, eventually, openBus, pullBatch, pullOne, requestsWait } from './nats-fixture.js';
import { describeOnNats, useServer, withServer } from './servers.js';
import { proxyTo } from './tcp-proxy.js';

/** Does not wait as long as a run would. */
const impatient = (server: PrivateServer) => ({ ...server.connection, giveUpAfterMs: 500 });
const isLost = /was lost and did not come back within 0\.5 s/;

describeOnNats('a server that is killed in the middle', (binary) => {
  it('ends publishing: what was under way is in doubt, and nothing is published after that', async () => {
    await withServer(binary, '', async (server) => {
      const { publisher } = await openBus(impatient(server));
      const published: (PublishAck | Error)[] = [];
      const publishers = Array.from({ length: 20 }, async (_, aggregate) => {
        for (let version = 1; ; version++) {
          const result = await settled(publisher.publish(event(version, { aggregate })));
          published.push(result);
          if (published.length === 500) process.kill(server.pid, 'SIGKILL');
          if (result instanceof BrokerError) return;
        }
      });
      await Promise.all(publishers);

      const failures = published.filter((result) => result instanceof Error);
      expect(published.length - failures.length).toBeGreaterThanOrEqual(500);
      expect(failures.filter((failure) => failure instanceof BrokerError)).toHaveLength(20);
      for (const failure of failures) {
        if (failure instanceof BrokerError) expect(failure.message).toMatch(isLost);
        else expect(failure).toBeInstanceOf(PublishFailure);
      }
      await expect(publisher.publish(event(1))).rejects.toThrow(isLost);
    });
  });

  it('ends pulling', async () => {
    await withServer(binary, '', async (server) => {
      const { publisher, pulls, notes } = await openBus(impatient(server));
      await publisher.publish(event(1));
      const [pull] = pulls;
      pull!.pull(10, 60_000);
      expect(await pull!.next()).toMatchObject({ kind: 'message' });
      process.kill(server.pid, 'SIGKILL');
      await expect(pull!.next()).rejects.toThrow(isLost);
      await expect(pull!.next()).rejects.toThrow(BrokerError);
      pull!.pull(10, 60_000);
      await expect(pull!.next()).rejects.toThrow(isLost);
      expect(notes).toEqual([{ kind: 'disconnect', detail: { subscription: 'sub-all' } }]);
    });
  });

  it('makes the administrator say so, and that the stream may still be there', async () => {
    await withServer(binary, '', async (server) => {
      const { admin } = await openBus(impatient(server));
      process.kill(server.pid, 'SIGKILL');
      await expect(admin.durables()).rejects.toThrow(BrokerError);
      await eventually(
        () => settled(admin.durables()),
        (answer) =>
          answer instanceof BrokerError && answer.message.includes('was lost and did not come back within 0.5 s'),
      );
      await expect(admin.remove()).rejects.toThrow(/refused the connection/);
    });
  });
});

describeOnNats('a connection that is cut and comes back', (binary) => {
  const server = useServer(binary);

  it('is told, and the rest of the batch is asked for again', async () => {
    const proxy = await proxyTo(server().url);
    const { topology, publisher } = await openBus(server().connection);
    const notes: string[] = [];
    const driver = natsDriver({ servers: [proxy.url] }, { runId: 'proxied', onNote: (kind) => notes.push(kind) });
    const pull = await driver.openSubscription(topology, topology.subscriptions[0]!);
    onTestFinished(() => pull.close());
    pull.pull(3, 60_000);
    await publisher.publish(event(1));
    expect(await pull.next()).toMatchObject({ kind: 'message', event: { version: 1 } });
    proxy.cut();
    await eventually(
      () => notes.length,
      (count) => count === 1,
    );
    // For want of interest, the server drops the request when it would deliver this.
    await publisher.publish(event(2));
    await requestsWait(server().url, topology, 0);
    proxy.restore();
    await publisher.publish(event(3));
    expect(await pull.next()).toMatchObject({ event: { version: 2 } });
    expect(await pull.next()).toMatchObject({ event: { version: 3 } });
    expect(await pull.next()).toMatchObject({ kind: 'end', status: 'complete' });
    expect(notes).toEqual(['disconnect', 'reconnect']);
  });

  it('brings a request out that was made while it was gone', async () => {
    const proxy = await proxyTo(server().url);
    const { pulls, notes, publisher } = await openBus({ servers: [proxy.url] });
    proxy.cut();
    await eventually(
      () => notes.length,
      (count) => count === 1,
    );
    const pulling = pullBatch(pulls[0]!, 1, 60_000);
    const publishing = publisher.publish(event(1));
    proxy.restore();
    expect((await publishing).position).toBe(1);
    expect((await pulling).messages).toMatchObject([{ event: { version: 1 }, deliveryCount: 1 }]);
  });

  it('leaves what was not acknowledged to be delivered again', async () => {
    const proxy = await proxyTo(server().url);
    const { pulls, notes, publisher, admin } = await openBus({ servers: [proxy.url] });
    await publisher.publish(event(1));
    const { token } = await pullOne(pulls[0]!);
    proxy.cut();
    await eventually(
      () => notes.length,
      (count) => count === 1,
    );
    pulls[0]!.ack(token);
    proxy.restore();
    await eventually(
      () => notes.length,
      (count) => count === 2,
    );
    await eventually(
      () => settled(admin.durables()),
      (answer) => Array.isArray(answer),
    );
    expect(await admin.durables()).toEqual([{ name: 'all', pending: 0, ackPending: 1 }]);
  });
});

describe.skipIf(process.platform === 'win32')('where processes can be stopped and continued', () => {
  describeOnNats('a server that stands still', (binary) => {
    it('lets publishes end by their time-out, and late answers settle nothing else', async () => {
      await withServer(binary, '', async (server) => {
        const { publisher } = await openBus(server.connection, { publishTimeoutMs: 1_000 });
        process.kill(server.pid, 'SIGSTOP');
        // The first may still be answered: a server of many threads does not stop all at once.
        let version = 0;
        const failure = await eventually(
          () => settled(publisher.publish(event(++version))),
          (result) => result instanceof Error,
        );
        expect(failure).toBeInstanceOf(PublishFailure);
        expect((failure as Error).message).toBe('no answer within 1 s; whether it was stored is not known');
        process.kill(server.pid, 'SIGCONT');
        const first = (await eventually(
          () => settled(publisher.publish(event(++version))),
          (result) => !(result instanceof Error),
        )) as PublishAck;
        const acks = await Promise.all([1, 2, 3].map((more) => publisher.publish(event(version + more))));
        expect(acks.map((ack) => ack.position - first.position)).toEqual([1, 2, 3]);
      });
    });

    it('lets a pull end a little after its expiry', async () => {
      await withServer(binary, '', async (server) => {
        const { pulls } = await openBus(server.connection);
        process.kill(server.pid, 'SIGSTOP');
        const { messages, end } = await pullBatch(pulls[0]!, 1, 1_000);
        process.kill(server.pid, 'SIGCONT');
        expect(messages).toEqual([]);
        expect(end).toMatchObject({ status: 'expired', detail: 'the server did not answer' });
      });
    });
  });
});

function settled<T>(promise: Promise<T>): Promise<T | Error> {
  return promise.catch((error: unknown) => error as Error);
}
