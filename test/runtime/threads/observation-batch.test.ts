// What goes into the batches of several threads comes out of the decoder: every observation, field by field, in the
// order of each thread, however the chunks are interleaved on the way.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  AckKind,
  Attempt,
  Delivery,
  Observation,
  ObservationSink,
  PublishResult,
} from '../../../src/domain/observation.js';
import type { RunNote } from '../../../src/domain/run-note.js';
import { ObservationBatch, type ObservationChunk } from '../../../src/runtime/threads/observation-batch.js';
import { ObservationDecoder } from '../../../src/runtime/threads/observation-decoder.js';

/** Copies of all that it is told, and the objects that it was told of each delivery. */
class Told implements ObservationSink {
  readonly observations: unknown[] = [];
  readonly objects = new Map<number, Set<Delivery>>();

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'deliver':
      case 'submit':
        return this.#tell(kind, record);
      case 'start':
      case 'finish':
        return this.#tell(kind, record.delivery, { ...record, delivery: record.delivery.id });
      case 'ack':
        return this.#tell(kind, record.delivery, { ...record, delivery: record.delivery.id });
      case 'publish':
      case 'publish-result':
      case 'note':
        this.observations.push([kind, structuredClone(record)]);
    }
  }

  /** Not the submit stamp: that of a later stage may be filled in already. */
  #tell(what: string, delivery: Delivery, more: object = {}): void {
    this.observations.push([what, { ...delivery, submitStamp: what === 'submit' ? delivery.submitStamp : 0 }, more]);
    const objects = this.objects.get(delivery.id) ?? new Set();
    this.objects.set(delivery.id, objects.add(delivery));
  }
}

const whole = fc.integer({ min: 0, max: 2 ** 50 });
const ms = fc.double({ min: 0, max: 1e9, noNaN: true });

function aDelivery(id: number): fc.Arbitrary<Delivery> {
  return fc.record({
    id: fc.constant(id),
    aggregate: whole,
    topic: whole,
    version: whole,
    publisher: whole,
    publishStamp: whole,
    publishedAtMs: ms,
    partition: fc.integer({ min: -1, max: 10 }),
    position: whole,
    deliveryCount: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
    subscription: fc.nat(4),
    owned: fc.boolean(),
    deliverStamp: whole,
    deliveredAtMs: ms,
    ackToken: fc.nat(),
    submitStamp: fc.constant(0),
  });
}

const aPublish = fc.record({ aggregate: whole, topic: whole, version: whole, publisher: whole, publishedAtMs: ms });
const aResult: fc.Arbitrary<Omit<PublishResult, 'event'>> = fc.record({
  stamp: whole,
  atMs: ms,
  ok: fc.boolean(),
  partition: fc.integer({ min: -1, max: 10 }),
  position: whole,
  duplicate: fc.boolean(),
  error: fc.option(fc.string(), { nil: null }),
});
const aNote = fc.record({
  kind: fc.constantFrom('fault', 'reconnect', 'rejected'),
  stamp: whole,
  atMs: ms,
  detail: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
}) as fc.Arbitrary<RunNote>;

interface Story {
  readonly delivery: Delivery;
  readonly lane: number;
  readonly outcome: 'done' | 'failed';
  readonly ack: AckKind;
  readonly stamps: readonly number[];
}

function stories(count: number): fc.Arbitrary<Story[]> {
  const each = Array.from({ length: count }, (_, i) =>
    fc.record({
      delivery: aDelivery(i + 1),
      lane: fc.integer({ min: -1, max: 255 }),
      outcome: fc.constantFrom('done' as const, 'failed' as const),
      ack: fc.constantFrom<AckKind>('ack', 'nak', 'term', 'progress'),
      stamps: fc.tuple(whole, fc.constant(1_000 + i), whole, whole),
    }),
  );
  return fc.tuple(...each);
}

const acked = (delivery: Delivery, kind: AckKind, stamp: number, atMs: number): Observation => ({
  kind: 'ack',
  record: { delivery, kind, stamp, atMs },
});

/** What a subscription's thread and the bus thread record of a delivery. */
function tellSubscription(sink: ObservationSink, { delivery, stamps }: Story): void {
  const own = { ...delivery };
  sink.observe({ kind: 'deliver', record: own });
  own.submitStamp = stamps[0]!;
  sink.observe({ kind: 'submit', record: own });
}

function tellBus(sink: ObservationSink, { delivery, lane, outcome, ack, stamps }: Story): void {
  const own = { ...delivery, submitStamp: stamps[0]! };
  const attempt: Attempt = {
    ...{ delivery: own, number: 1, lane, startStamp: stamps[1]!, startedAtMs: 1.5 },
    ...{ finishStamp: 0, finishedAtMs: 0, outcome: null },
  };
  sink.observe({ kind: 'start', record: attempt });
  Object.assign(attempt, { finishStamp: stamps[2]!, finishedAtMs: 2.5, outcome });
  sink.observe({ kind: 'finish', record: attempt });
  sink.observe(acked(own, ack, stamps[3]!, 3.5));
}

function batches(threads: number) {
  const chunks: { readonly thread: number; readonly chunk: ObservationChunk }[] = [];
  const batch = Array.from(
    { length: threads },
    (_, thread) => new ObservationBatch((chunk) => chunks.push({ thread, chunk })),
  );
  return { batch, chunks };
}

describe('observations from thread to thread', () => {
  test('deliveries and attempts come out as they went in, whichever thread is heard first', () => {
    fc.assert(
      fc.property(
        fc.nat(60).chain((count) => stories(count)),
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.boolean()),
        (told, flushes, choices) => {
          const { batch, chunks } = batches(2);
          const [subscription, bus] = [batch[0]!, batch[1]!];
          const [wantedOfSubscription, wantedOfBus] = [new Told(), new Told()];
          for (const story of told) {
            tellSubscription(subscription, story);
            tellSubscription(wantedOfSubscription, story);
            tellBus(bus, story);
            tellBus(wantedOfBus, story);
            bus.settled(story.delivery);
            if (flushes.next().value) subscription.flush();
            if (flushes.next().value) bus.flush();
          }
          for (const one of batch) one.flush();

          const queues = [0, 1].map((thread) => chunks.filter((chunk) => chunk.thread === thread));
          const got = [new Told(), new Told()];
          let current = got[0]!;
          const decoder = new ObservationDecoder({ observe: (observation) => current.observe(observation) });
          while (queues.some((queue) => queue.length > 0)) {
            const thread = choices.next().value ? 1 : 0;
            const next = queues[thread]!.shift();
            if (next === undefined) continue;
            current = got[thread]!;
            decoder.decode(next.chunk);
          }

          expect(got[0]!.observations).toEqual(wantedOfSubscription.observations);
          expect(got[1]!.observations).toEqual(wantedOfBus.observations);
          expect(decoder.observations).toBe(5 * told.length);
          expect(decoder.open).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('publishes, their results and notes come out as they went in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ event: aPublish, result: aResult, note: aNote }), { maxLength: 400 }),
        (told) => {
          const { batch, chunks } = batches(1);
          const wanted = new Told();
          for (const sink of [batch[0]!, wanted]) {
            told.forEach(({ event, result, note }, i) => {
              const published = { ...event, publishStamp: i + 1 };
              sink.observe({ kind: 'publish', record: published });
              sink.observe({ kind: 'note', record: note });
              sink.observe({ kind: 'publish-result', record: { event: published, ...result } });
            });
          }
          batch[0]!.flush();
          const got = new Told();
          const decoder = new ObservationDecoder(got);
          for (const { chunk } of chunks) decoder.decode(chunk);
          expect(got.observations).toEqual(wanted.observations);
          expect(decoder.open).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('all records of a delivery are of one object, until both threads are done with it', () => {
    const { batch, chunks } = batches(2);
    const [story] = fc.sample(stories(1), { numRuns: 1, seed: 1 })[0]!;
    tellSubscription(batch[0]!, story!);
    tellBus(batch[1]!, story!);
    batch[1]!.settled(story!.delivery);
    for (const one of batch.toReversed()) one.flush();
    const got = new Told();
    const decoder = new ObservationDecoder(got);
    for (const { chunk } of chunks) decoder.decode(chunk);
    expect(got.objects.get(story!.delivery.id)?.size).toBe(1);
    expect(decoder.open).toBe(0);
  });

  test('a delivery of which the bus is heard first, though it has not started it, can be spoken of', () => {
    const { batch, chunks } = batches(2);
    const [story] = fc.sample(stories(1), { numRuns: 1, seed: 3 })[0]!;
    const { delivery } = story!;
    batch[1]!.introduce(delivery);
    batch[1]!.observe(acked(delivery, 'progress', 6, 6));
    batch[1]!.introduce(delivery);
    batch[1]!.observe(acked(delivery, 'ack', 7, 7));
    batch[1]!.settled(delivery);
    tellSubscription(batch[0]!, story!);
    for (const one of batch.toReversed()) one.flush();
    const got = new Told();
    const decoder = new ObservationDecoder(got);
    for (const { chunk } of chunks) decoder.decode(chunk);
    expect(got.objects.get(delivery.id)?.size).toBe(1);
    expect(decoder.observations).toBe(4);
    expect(decoder.open).toBe(0);
  });

  test('a delivery that never reached the bus is forgotten when its subscription says so', () => {
    const { batch, chunks } = batches(1);
    const [story] = fc.sample(stories(1), { numRuns: 1, seed: 2 })[0]!;
    batch[0]!.observe({ kind: 'deliver', record: story!.delivery });
    batch[0]!.settled(story!.delivery);
    batch[0]!.settled(story!.delivery);
    batch[0]!.flush();
    const decoder = new ObservationDecoder(new Told());
    for (const { chunk } of chunks) decoder.decode(chunk);
    expect(decoder.open).toBe(0);
  });

  test('a flush without anything recorded posts nothing', () => {
    const { batch, chunks } = batches(1);
    batch[0]!.flush();
    expect(chunks).toEqual([]);
  });
});
