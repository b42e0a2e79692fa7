// The inbox is a linearizable queue: its order is the order of submit stamps, and a submit that has returned before
// another begins comes first. Checked with real threads, through a counter that the inbox knows nothing of.
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../../src/domain/observation.js';
import { createInboxMemory, inboxSize } from '../../../src/runtime/threads/inbox-memory.js';
import { closeInbox, SharedInboxReader, SharedInboxWriter } from '../../../src/runtime/threads/shared-inbox.js';
import { createStampCounter } from '../../../src/runtime/threads/shared-stamps.js';

function aDelivery(id: number): Delivery {
  return {
    ...{ id, aggregate: 3, topic: 1, version: id, publisher: 0, publishStamp: 2 ** 40, publishedAtMs: 1.25 },
    ...{ partition: 0, position: 77, deliveryCount: null, subscription: 4, owned: false },
    ...{ deliverStamp: 2 ** 41, deliveredAtMs: 2.5, ackToken: 5, submitStamp: 0 },
  };
}

function anInbox(capacity: number, writers = 2) {
  const memory = createInboxMemory(capacity, writers, createStampCounter());
  const [first, second] = [new SharedInboxWriter(memory, 0), new SharedInboxWriter(memory, writers - 1)];
  return { memory, first, second, reader: new SharedInboxReader(memory) };
}

describe('the shared inbox', () => {
  test('hands over every field of a delivery, with the submit stamp that it took', async () => {
    const { first, reader } = anInbox(4);
    const delivery = aDelivery(1);
    expect(await first.submit(delivery, 'wait')).toBe(true);
    expect(delivery.submitStamp).toBe(1);
    expect(await reader.take()).toEqual({ ...aDelivery(1), submitStamp: 1 });
  });

  test('refuses when it is full, and takes no stamp for what it refused', async () => {
    const { memory, first, second, reader } = anInbox(1);
    expect(await first.submit(aDelivery(1), 'refuse')).toBe(true);
    expect(await second.submit(aDelivery(2), 'refuse')).toBe(false);
    expect(inboxSize(memory)).toBe(1);
    await reader.take();
    expect(await second.submit(aDelivery(3), 'refuse')).toBe(true);
    expect((await reader.take())?.submitStamp).toBe(2);
  });

  test('lets those that wait for a place in as they came, and nobody in front of them', async () => {
    const { first, second, reader } = anInbox(1);
    await first.submit(aDelivery(1), 'wait');
    const waiting = [second.submit(aDelivery(2), 'wait'), first.submit(aDelivery(3), 'wait')];
    expect(reader.tryTake()?.id).toBe(1);
    expect(await first.submit(aDelivery(4), 'refuse')).toBe(false);
    expect((await reader.take())?.id).toBe(2);
    expect((await reader.take())?.id).toBe(3);
    expect(await Promise.all(waiting)).toEqual([true, true]);
  });

  test('keeps the order of several submits that one thread has waiting', async () => {
    const { first, reader } = anInbox(2);
    const ids = Array.from({ length: 20 }, (_, i) => i);
    const waiting = ids.map((id) => first.submit(aDelivery(id), 'wait'));
    for (const id of ids) expect((await reader.take())?.id).toBe(id);
    expect(await Promise.all(waiting)).toEqual(ids.map(() => true));
  });

  test('once closed gives out what is in it, then null, and lets waiting writers go', async () => {
    const { memory, first, second, reader } = anInbox(1);
    await first.submit(aDelivery(1), 'wait');
    const waiting = second.submit(aDelivery(2), 'wait');
    closeInbox(memory);
    expect(await waiting).toBe(false);
    expect((await reader.take())?.id).toBe(1);
    expect(await reader.take()).toBeNull();
    expect(await first.submit(aDelivery(3), 'wait')).toBe(false);
  });

  test('wakes a reader that waits when it is closed', async () => {
    const { memory, reader } = anInbox(1);
    const taken = reader.take();
    closeInbox(memory);
    expect(await taken).toBeNull();
  });

  test('goes on when its counters wrap around', async () => {
    const { memory, first, reader } = anInbox(3);
    memory.words.fill(-2, 16, 17);
    memory.words.fill(-2, 32, 33);
    for (let id = 1; id <= 9; id++) {
      await first.submit(aDelivery(id), 'wait');
      expect((await reader.take())?.id).toBe(id);
    }
    expect(inboxSize(memory)).toBe(0);
  });
});

interface Stress {
  readonly capacity: number;
  readonly writers: number;
  readonly items: number;
  readonly whenFull: 'wait' | 'refuse';
}

async function stress({ capacity, writers, items, whenFull }: Stress) {
  const memory = createInboxMemory(capacity, writers, createStampCounter());
  const shared = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));
  const [counter, began, returned, start] = [shared(1), shared(writers * items), shared(writers * items), shared(1)];
  const producers = Array.from({ length: writers }, (_, writer) => {
    const worker = new Worker(new URL('./inbox-producer.mjs', import.meta.url), {
      workerData: { memory, writer, items, whenFull, counter, began, returned, start },
    });
    const done = new Promise<number>((resolve, reject) => {
      worker.once('message', ({ accepted }: { accepted: number }) => resolve(accepted));
      worker.once('error', reject);
    });
    return { worker, done };
  });
  await Promise.all(producers.map(({ worker }) => new Promise((resolve) => worker.once('online', resolve))));
  Atomics.store(start, 0, 1);
  Atomics.notify(start, 0);

  const reader = new SharedInboxReader(memory);
  const accepted = Promise.all(producers.map(({ done }) => done)).then((counts) => {
    closeInbox(memory);
    return counts;
  });
  const taken: Delivery[] = [];
  for (let item = await reader.take(); item !== null; item = await reader.take()) taken.push(item);
  return { taken, accepted: await accepted, began, returned };
}

describe.each<Stress>([
  { capacity: 1, writers: 3, items: 300, whenFull: 'wait' },
  { capacity: 16, writers: 5, items: 2_000, whenFull: 'wait' },
  { capacity: 100_000, writers: 5, items: 4_000, whenFull: 'wait' },
  { capacity: 64, writers: 5, items: 4_000, whenFull: 'refuse' },
])('$writers threads that submit $items each to $capacity places ($whenFull)', (load) => {
  test('lose nothing, double nothing, and are served in one order for all', async () => {
    const { taken, accepted, began, returned } = await stress(load);

    expect(taken.length).toBe(accepted.reduce((sum, count) => sum + count, 0));
    if (load.whenFull === 'wait') expect(taken.length).toBe(load.writers * load.items);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    expect(taken.map(({ submitStamp }) => submitStamp)).toEqual(taken.map((_, i) => i + 1));
    expect(brokenFifo(taken)).toEqual([]);
    expect(brokenRealTimeOrder(taken, began, returned)).toEqual([]);
  });
});

/** Items of one writer that came before an earlier one of the same writer. */
function brokenFifo(taken: readonly Delivery[]): Delivery[] {
  const last = new Map<number, number>();
  return taken.filter(({ aggregate, version }) => {
    const inOrder = (last.get(aggregate) ?? 0) < version;
    last.set(aggregate, version);
    return !inOrder;
  });
}

/** Items that began only after an item behind them in the queue had returned. */
function brokenRealTimeOrder(taken: readonly Delivery[], began: Int32Array, returned: Int32Array): Delivery[] {
  let earliestReturn = Infinity;
  return taken.toReversed().filter(({ id }) => {
    const broken = began[id]! > earliestReturn;
    earliestReturn = Math.min(earliestReturn, returned[id]!);
    return broken;
  });
}

test('the check of the order in real time sees an item that came before one that had returned when it began', () => {
  const [first, second] = [aDelivery(0), aDelivery(1)];
  const [began, returned] = [new Int32Array([1, 3]), new Int32Array([2, 4])];
  expect(brokenRealTimeOrder([first, second], began, returned)).toEqual([]);
  expect(brokenRealTimeOrder([second, first], began, returned)).toEqual([second]);
});
