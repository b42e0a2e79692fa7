/**
 * Tests the order of an aggregate's events while its topic refuses writes and the client tries again. With one request
 * in flight order holds; with any number the client does what it documents, and idempotence does not help (kafkajs 598,
 * 1005).
 */
import { afterEach, expect, it, vi } from 'vitest';
import { KafkaTestRun, event, publishSerially } from './kafka-driver-fixture.js';
import type { KafkaTestOptions } from './kafka-driver-fixture.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

const patience = { timeout: 15_000, interval: 10 };

interface Stored {
  /** Versions in the order of their positions. */
  readonly versions: readonly number[];
  readonly failures: readonly string[];
  readonly retries: number;
}

describeOnKafka('a topic that refuses writes for a while', () => {
  const kafka = useKafka();
  const runs: KafkaTestRun[] = [];

  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.end()));
  });

  /** Publishes 20 events in as many requests while the topic refuses, and lets it take them after the first retry. */
  async function publishThroughRefusal(producer: KafkaTestOptions['producer']): Promise<Stored> {
    const run = await KafkaTestRun.begin(kafka().connection, { producer: { ...producer, produceBatchBytes: 1 } });
    runs.push(run);
    const publisher = await run.publisher();
    await publishSerially(publisher, 1, 1);
    await run.admin.disturb.setWritable!(false);
    const publishes = Array.from({ length: 20 }, (_, i) => publisher.publish(event(i + 2)));
    const settled = Promise.allSettled(publishes);
    await vi.waitFor(() => expect(run.notesOf('fault').length).toBeGreaterThan(2), patience);
    await run.admin.disturb.setWritable!(true);
    const results = await settled;
    const stored = results.flatMap((result, i) =>
      result.status === 'fulfilled' ? [{ version: i + 2, position: result.value.position }] : [],
    );
    const faults = run.notesOf('fault');
    expect(faults[0]).toMatchObject({ what: 'produce-retry', publisher: 0, attempt: 2, events: 1 });
    expect(String(faults[0]!['error'])).toContain('in-sync replicas');
    return {
      versions: stored.sort((a, b) => a.position - b.position).map(({ version }) => version),
      failures: results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : [])),
      retries: faults.length,
    };
  }

  const all = Array.from({ length: 20 }, (_, i) => i + 2);

  it('keeps the order with one request in flight', async () => {
    const { versions, failures } = await publishThroughRefusal({ requestsInFlight: 1 });
    expect(failures).toEqual([]);
    expect(versions).toEqual(all);
  });

  it('loses the order with any number of requests in flight', async () => {
    const { versions, failures } = await publishThroughRefusal({ requestsInFlight: null });
    expect(failures).toEqual([]);
    expect(versions).not.toEqual(all);
    expect([...versions].sort((a, b) => a - b)).toEqual(all);
  });

  it('keeps the order of an idempotent producer with one request in flight', async () => {
    const { versions, failures } = await publishThroughRefusal({ idempotent: true, requestsInFlight: 1 });
    expect(failures).toEqual([]);
    expect(versions).toEqual(all);
  });

  it('loses the order of an idempotent producer all the same', async () => {
    const { versions } = await publishThroughRefusal({ idempotent: true, requestsInFlight: null });
    expect(versions).not.toEqual(all);
  });

  it('is refused where the producer does not wait for the replicas', async () => {
    const run = await KafkaTestRun.begin(kafka().connection, { producer: { acks: 'leader' } });
    runs.push(run);
    await expect(run.admin.disturb.setWritable!(false)).rejects.toMatchObject({
      code: 'broker-unavailable',
      message: expect.stringContaining('acks leader') as string,
    });
  });

  it('gives up after the retries, and says why', async () => {
    const run = await KafkaTestRun.begin(kafka().connection, { producer: { retries: 1 } });
    runs.push(run);
    const publisher = await run.publisher();
    await run.admin.disturb.setWritable!(false);
    await expect(publisher.publish(event(1))).rejects.toMatchObject({
      name: 'PublishFailure',
      message: expect.stringContaining('min.insync.replicas') as string,
    });
    await run.admin.disturb.setWritable!(true);
    expect((await publishSerially(publisher, 2, 2))[0]!.position).toBe(1);
  });
});
