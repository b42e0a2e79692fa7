/** Tests a publisher and a member whose broker dies, for a while or for good. */
import { expect, it, vi } from 'vitest';
import { KafkaTestRun, event, publishSerially, takeAndAck, versionsOf } from './kafka-driver-fixture.js';
import { describeOnKafka, withKafka } from './kafka-servers.js';

describeOnKafka('a broker that dies', () => {
  it('is lost for good after the time given, for who publishes and for who waits', { timeout: 60_000 }, async () => {
    await withKafka({}, async (broker) => {
      const run = await KafkaTestRun.begin({ ...broker.connection, giveUpAfterMs: 2_000 });
      const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
      await publishSerially(publisher, 1, 1);
      await takeAndAck(subscription, 1);
      await broker.kill();
      const [publish, next] = await Promise.allSettled([publisher.publish(event(2)), subscription.next()]);
      expect(publish).toMatchObject({ status: 'rejected', reason: { code: 'broker-unavailable' } });
      expect(next).toMatchObject({ status: 'rejected', reason: { code: 'broker-unavailable' } });
      await expect(publisher.publish(event(3))).rejects.toMatchObject({ code: 'broker-unavailable' });
      await Promise.all([publisher.close(), subscription.close(), run.admin.close()]);
    });
  });

  it('goes on where it was when it comes back', { timeout: 60_000 }, async () => {
    await withKafka({}, async (broker) => {
      const run = await KafkaTestRun.begin(broker.connection, { producer: { retries: 50, requestsInFlight: 1 } });
      const [publisher, subscription] = await Promise.all([run.publisher(), run.subscription()]);
      await publishSerially(publisher, 1, 2);
      await takeAndAck(subscription, 2);
      await vi.waitFor(async () => expect(await run.committed()).toEqual([2]), { timeout: 10_000, interval: 50 });
      await broker.kill();
      const acks = publishSerially(publisher, 3, 5);
      await broker.restart();
      expect((await acks).map(({ position }) => position)).toEqual([3, 4, 5]);
      expect(versionsOf(await takeAndAck(subscription, 3))).toEqual([3, 4, 5]);
      expect(run.notesOf('reconnect').length).toBeGreaterThan(0);
      await run.end();
    });
  });
});
