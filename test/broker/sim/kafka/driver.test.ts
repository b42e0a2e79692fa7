/**
 * What scripts do not reach: a client that stands still, answers that are lost, what the admin says, and that a run can be
 * repeated.
 */
import { describe, expect, it } from 'vitest';
import { PublishFailure } from '../../../../src/broker/port.js';
import { BrokerError, InternalError } from '../../../../src/domain/errors.js';
import { event, inWorld, member, take, topology } from '../kafka-fixture.js';

const nowhere = { highest: () => 0, count: () => 0 };

describe('a member that stands still', () => {
  it('should lose its partitions, and what it held is replayed by another while it still has it', async () => {
    await inWorld(1, async ({ world, driver, notes }) => {
      const both = topology({ partitions: 2, consumer: { sessionTimeoutMs: 2_000, heartbeatIntervalMs: 500 } });
      const [first, second] = [member(0, 'later'), member(1, 'later')];
      await (await driver.openAdmin()).create(both);
      const publisher = await driver.openPublisher(both, 0);
      const slow = await driver.openSubscription(both, first);
      const other = await driver.openSubscription(both, second);
      await world.sleep(2_000);
      await publisher.publish(event(1, 'a'));
      const [held] = await take(slow, 1);
      expect(held).toMatchObject({ owned: true, partition: 0, position: 1, deliveryCount: null });
      slow.stall?.(5_000);
      expect(slow.poll()).toBeUndefined();
      const [replayed] = await take(other, 1);
      expect(replayed).toMatchObject({ position: 1, owned: true });
      const replayedAtMs = world.nowMs();
      slow.ack(held!.token);
      other.ack(replayed!.token);
      await world.sleep(8_000);
      const joins = notes.filter(({ kind, detail }) => kind === 'rebalance' && detail['subscription'] === 'member-0');
      expect(joins.at(-1)?.detail).toMatchObject({ members: 2, assigned: 'topic-0:0' });
      expect(world.nowMs() - replayedAtMs).toBeGreaterThan(2_000);
      expect(Number(joins.at(-1)?.detail['epoch'])).toBeGreaterThan(Number(joins[0]?.detail['epoch']) + 2);
    });
  });

  it('should hand nothing over and answer nothing until it goes on', async () => {
    await inWorld(2, async ({ world, driver }) => {
      const one = topology();
      await (await driver.openAdmin()).create(one);
      const connection = await driver.openSubscription(one, member(0));
      const publisher = await driver.openPublisher(one, 0);
      connection.stall?.(3_000);
      const goesOnAtMs = world.nowMs() + 3_000;
      await publisher.publish(event(1));
      await take(connection, 1);
      expect(world.nowMs()).toBeGreaterThanOrEqual(goesOnAtMs);
    });
  });
});

describe('a member that dies', () => {
  it('should say nothing to its group, which gives its partition to another once its session is over', async () => {
    await inWorld(3, async ({ world, driver }) => {
      const both = topology({ consumer: { sessionTimeoutMs: 2_000, heartbeatIntervalMs: 500 } });
      await (await driver.openAdmin()).create(both);
      const publisher = await driver.openPublisher(both, 0);
      const dead = await driver.openSubscription(both, member(0, 'later'));
      await publisher.publish(event(1));
      await take(dead, 1);
      dead.die?.();
      const diedAtMs = world.nowMs();
      const successor = await driver.openSubscription(both, member(1, 'after a crash'));
      expect(await take(successor, 1)).toMatchObject([{ position: 1 }]);
      expect(world.nowMs() - diedAtMs).toBeGreaterThan(1_500);
      expect(dead.poll()).toBeUndefined();
    });
  });
});

/** Publishes one event and lets the broker die after so long, so that with some luck it is the answer that is lost. */
async function publishIntoACrash(seed: number, idempotent: boolean, crashAfterMs: number) {
  let stored = 0;
  let failed = false;
  let retried = false;
  await inWorld(seed, async ({ world, driver, notes }) => {
    const one = topology({ producer: { idempotent } });
    const admin = await driver.openAdmin();
    await admin.create(one);
    const publisher = await driver.openPublisher(one, 0);
    const crash = world.spawn('crash', async () => {
      await world.sleep(crashAfterMs);
      await admin.disturb!.restart!(200);
    });
    try {
      await publisher.publish(event(1));
    } catch (error) {
      failed = error instanceof PublishFailure;
    }
    await crash.join();
    stored = (await admin.durables(nowhere))[0]!.pending;
    retried = notes.some(({ detail }) => detail['what'] === 'produce-retry');
  });
  return { stored, failed, retried };
}

describe('a broker that dies while it is published to', () => {
  const moments = Array.from({ length: 60 }, (_, i) => i * 0.02);

  it('should store an event twice if only its answer was lost', async () => {
    const results = await Promise.all(moments.map((ms) => publishIntoACrash(3, false, ms)));
    expect(results.some(({ stored }) => stored === 2)).toBe(true);
    expect(results.every(({ stored, failed }) => stored >= 1 && !failed)).toBe(true);
    expect(results.filter(({ stored }) => stored === 2).every(({ retried }) => retried)).toBe(true);
  });

  it('should store an event of an idempotent producer once', async () => {
    const results = await Promise.all(moments.map((ms) => publishIntoACrash(3, true, ms)));
    expect(results.map(({ stored }) => stored)).toEqual(moments.map(() => 1));
    expect(results.some(({ retried }) => retried)).toBe(true);
  });
});

describe('the simulated producer', () => {
  it('should give up after its retries, and say so', async () => {
    await inWorld(4, async ({ driver, notes }) => {
      const one = topology({ producer: { retries: 2 } });
      const admin = await driver.openAdmin();
      await admin.create(one);
      await admin.disturb!.setWritable!(false);
      const publisher = await driver.openPublisher(one, 0);
      await expect(publisher.publish(event(1))).rejects.toThrow(PublishFailure);
      expect(notes).toEqual([
        {
          kind: 'fault',
          detail: { what: 'produce-retry', publisher: 0, attempt: 2, events: 1, error: 'NOT_ENOUGH_REPLICAS' },
        },
        {
          kind: 'fault',
          detail: { what: 'produce-retry', publisher: 0, attempt: 3, events: 1, error: 'NOT_ENOUGH_REPLICAS' },
        },
      ]);
    });
  });

  it('should say where each event was stored, and with acks none that it is not known', async () => {
    await inWorld(5, async ({ driver }) => {
      const one = topology();
      await (await driver.openAdmin()).create(one);
      const publisher = await driver.openPublisher(one, 0);
      await publisher.publish(event(1));
      await expect(publisher.publish(event(2))).resolves.toEqual({ partition: 0, position: 2, duplicate: false });
      const unheard = await driver.openPublisher(topology({ producer: { acks: 'none' } }), 1);
      await expect(unheard.publish(event(3))).resolves.toEqual({ partition: -1, position: 0, duplicate: false });
    });
  });
});

describe('opening subscriptions', () => {
  it('should resolve when the group has all members that begin at once, and not wait for those that come later', async () => {
    await inWorld(6, async ({ world, driver, notes }) => {
      const members = [member(0), member(1), member(2), member(3, 'later')];
      const all = topology({ partitions: 3, members });
      await (await driver.openAdmin()).create(all);
      const opened: number[] = [];
      const tasks = members.slice(0, 3).map((subscription) =>
        world.spawn(subscription.name, async () => {
          await driver.openSubscription(all, subscription);
          opened.push(subscription.index);
        }),
      );
      for (const task of tasks) await task.join();
      expect(opened.sort()).toEqual([0, 1, 2]);
      const last = notes.filter(({ kind }) => kind === 'rebalance').slice(-3);
      expect(new Set(last.map(({ detail }) => detail['epoch'])).size).toBe(1);
      expect(last.map(({ detail }) => detail['assigned']).sort()).toEqual(['topic-0:0', 'topic-0:1', 'topic-0:2']);
    });
  });
});

describe('a batch in hand', () => {
  it('should be owned until its partition is assigned to another, message by message', async () => {
    await inWorld(11, async ({ driver }) => {
      const two = topology({ partitions: 2, consumer: { heartbeatIntervalMs: 200 } });
      await (await driver.openAdmin()).create(two);
      const publisher = await driver.openPublisher(two, 0);
      for (let version = 1; version <= 2; version++) await publisher.publish(event(version, 'd'));
      const first = await driver.openSubscription(two, member(0, 'later'));
      const [before] = await take(first, 1);
      await driver.openSubscription(two, member(1, 'later'));
      const [after] = await take(first, 1);
      expect([before, after]).toMatchObject([
        { partition: 1, position: 1, owned: true },
        { partition: 1, position: 2, owned: false },
      ]);
    });
  });

  it.each(['each-batch', 'each-message'] as const)(
    'should come again after a wait if it failed, with %s',
    async (consume) => {
      await inWorld(12, async ({ world, driver }) => {
        const one = topology({ consumer: { consume } });
        await (await driver.openAdmin()).create(one);
        const publisher = await driver.openPublisher(one, 0);
        await publisher.publish(event(1));
        const connection = await driver.openSubscription(one, member(0));
        for (const backOffMsMin of [40, 80]) {
          const [message] = await take(connection, 1);
          const failedAtMs = world.nowMs();
          connection.nak(message!.token);
          const [again] = await take(connection, 1);
          expect(again!.position).toBe(1);
          expect(world.nowMs() - failedAtMs).toBeGreaterThanOrEqual(backOffMsMin);
          connection.nak(again!.token);
        }
      });
    },
  );
});

describe('a simulated fetch', () => {
  it('should begin with any of its partitions, as kafkajs shuffles what it asks for', async () => {
    const first = new Set<number>();
    for (let seed = 1; seed <= 10; seed++) {
      await inWorld(seed, async ({ driver }) => {
        const two = topology({ partitions: 2, producer: { key: 'none' } });
        await (await driver.openAdmin()).create(two);
        const publisher = await driver.openPublisher(two, 0);
        for (let version = 1; version <= 2; version++) await publisher.publish(event(version));
        const [message] = await take(await driver.openSubscription(two, member(0)), 1);
        first.add(message!.partition);
      });
    }
    expect([...first].sort()).toEqual([0, 1]);
  });
});

describe('the simulated admin', () => {
  it('should count what is pending against what was delivered, and what is not committed against the ends', async () => {
    await inWorld(7, async ({ world, driver }) => {
      const one = topology();
      const admin = await driver.openAdmin();
      await admin.create(one);
      expect([admin.broker, admin.clientOf(one)]).toEqual([
        { kind: 'sim:kafka', version: '1.2.3', url: null },
        { name: 'simulated', version: '1.2.3' },
      ]);
      const publisher = await driver.openPublisher(one, 0);
      for (let version = 1; version <= 3; version++) await publisher.publish(event(version));
      const name = 'eventbus-bench.x.g';
      await expect(admin.durables(nowhere)).resolves.toEqual([{ name, pending: 3, ackPending: 3 }]);
      const connection = await driver.openSubscription(one, member(0));
      const messages = await take(connection, 3);
      await expect(admin.durables({ highest: () => 3, count: () => 3 })).resolves.toEqual([
        { name, pending: 0, ackPending: 3 },
      ]);
      for (const { token } of messages) connection.ack(token);
      await world.sleep(50);
      await expect(admin.durables({ highest: () => 3, count: () => 3 })).resolves.toEqual([
        { name, pending: 0, ackPending: 0 },
      ]);
    });
  });

  it('should refuse what it cannot do, and topologies of another broker', async () => {
    await inWorld(8, async ({ driver }) => {
      const admin = await driver.openAdmin();
      await admin.create(topology({ producer: { acks: 'leader' } }));
      await expect(admin.disturb!.setWritable!(false)).rejects.toThrow(BrokerError);
      const jetStream = {
        kind: 'jetstream',
        stream: { name: 's', subjects: [] },
        durables: [],
        subscriptions: [],
      } as const;
      await expect(driver.openPublisher(jetStream, 0)).rejects.toThrow(InternalError);
    });
  });
});

describe('a simulated run', () => {
  /** Everything that can be seen of a run with a rebalance and refusals. */
  async function observe(seed: number): Promise<string> {
    const seen: string[] = [];
    await inWorld(seed, async ({ world, driver, notes }) => {
      const two = topology({ partitions: 3, producer: { produceBatchBytes: 1 } });
      const admin = await driver.openAdmin();
      await admin.create(two);
      const publisher = await driver.openPublisher(two, 0);
      const read = (index: number) =>
        world.spawn(`reader ${index}`, async () => {
          const connection = await driver.openSubscription(two, member(index, 'later'));
          for (;;) {
            const item = connection.poll() ?? (await connection.next());
            if (item.kind === 'end') return;
            seen.push(`${world.nowMs()} ${index} ${item.partition}/${item.position} ${item.event.version}`);
            connection.ack(item.token);
          }
        });
      read(0);
      const publishes = Array.from({ length: 60 }, (_, i) =>
        world.spawn('publish', async () => {
          await publisher.publish(event(i + 1, `agg-${i % 7}`));
        }),
      );
      await admin.disturb!.setWritable!(false);
      await world.sleep(300);
      await admin.disturb!.setWritable!(true);
      read(1);
      for (const publish of publishes) await publish.join();
      await world.sleep(10_000);
      seen.push(JSON.stringify(notes));
    });
    return seen.join('\n');
  }

  it('should be the same again for the same seed, and another for another', async () => {
    const once = await observe(9);
    expect(once.split('\n').length).toBeGreaterThan(60);
    expect(await observe(9)).toBe(once);
    expect(await observe(10)).not.toBe(once);
  });
});
