// A broker in shared memory, for tests of the thread runtime without a server: one log a topic, each message handed
// out once, to whichever subscription asks first. `options.fault` makes one thread fail in a given way.
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerError } from '../../../dist/domain/errors.js';

const fields = 6;

export function createDriver(options) {
  return {
    openAdmin: () => openAdmin(options),
    openPublisher: () => Promise.resolve(new Publisher(options)),
    openSubscription: (topology, subscription) => Promise.resolve(new Subscription(options, topology, subscription)),
  };
}

async function openAdmin({ fault, words, topics }) {
  if (fault === 'no broker') throw new BrokerError('the broker cannot be reached', 'start it');
  return {
    broker: { kind: 'fake', version: '1', url: null },
    clientOf: () => ({ name: 'fake', version: '1' }),
    create: async () => void Atomics.add(words.made, 0, 1),
    durables: async () => {
      const sum = (of) =>
        Array.from({ length: topics }, (_, topic) => Atomics.load(of, topic)).reduce((a, b) => a + b, 0);
      const [acked, delivered, stored] = [sum(words.acked), sum(words.delivered), sum(words.stored)];
      return [{ name: 'all', pending: stored - delivered, ackPending: delivered - acked }];
    },
    remove: async () => void Atomics.store(words.made, 0, 0),
    close: async () => {},
  };
}

class Publisher {
  constructor({ words, logs, capacity, fault }) {
    Object.assign(this, { words, logs, capacity, fault });
  }

  async publish({ aggregate, topic, version, publisher, publishStamp, publishedAtMs }) {
    if (this.fault === 'publisher throws' && version > 5) throw new TypeError('the publisher is broken');
    const place = Atomics.add(this.words.places, topic, 1);
    this.logs[topic].set(
      [aggregate, topic, version, publisher, publishStamp, publishedAtMs],
      (place % this.capacity) * fields,
    );
    while (Atomics.load(this.words.stored, topic) !== place) await sleep(0);
    Atomics.store(this.words.stored, topic, place + 1);
    await sleep(0);
    return { partition: 0, position: topic * 1e6 + place + 1, duplicate: false };
  }

  async close() {}
}

class Subscription {
  constructor({ words, logs, capacity, fault }, topology, { index, durable }) {
    const { filterSubjects } = topology.durables.find(({ name }) => name === durable);
    const subjects = topology.stream.subjects;
    const topics = subjects
      .map((_, topic) => topic)
      .filter((topic) => filterSubjects.length === 0 || filterSubjects.includes(subjects[topic]));
    Object.assign(this, { words, logs, capacity, topics, fault: index === 0 ? fault : null, taken: 0, closed: false });
  }

  pull(batch, expiresMs) {
    this.left = batch;
    this.expiresAt = performance.now() + expiresMs;
  }

  poll() {
    if (this.closed) return { kind: 'end', status: 'closed', detail: '' };
    if (this.left === 0) return { kind: 'end', status: 'complete', detail: '' };
    if (performance.now() > this.expiresAt) return { kind: 'end', status: 'expired', detail: '' };
    for (const topic of this.topics) {
      const place = Atomics.load(this.words.delivered, topic);
      if (place >= Atomics.load(this.words.stored, topic)) continue;
      if (Atomics.compareExchange(this.words.delivered, topic, place, place + 1) !== place) continue;
      this.left--;
      return this.message(topic, place);
    }
  }

  message(topic, place) {
    this.taken++;
    if (this.fault === 'subscription dies' && this.taken > 5) process.exit(3);
    const [aggregate, , version, publisher, publishStamp, publishedAtMs] = this.logs[topic].subarray(
      (place % this.capacity) * fields,
    );
    const event = {
      aggregateId: `agg-${aggregate}`,
      aggregate,
      topic,
      version,
      publisher,
      publishStamp,
      publishedAtMs,
    };
    return { kind: 'message', event, partition: 0, position: topic * 1e6 + place + 1, deliveryCount: 1, token: topic };
  }

  async next() {
    for (;;) {
      if (this.fault === 'broker lost' && this.taken > 5)
        throw new BrokerError('the broker was lost', 'start it again');
      const item = this.poll();
      if (item !== undefined) return item;
      await sleep(1);
    }
  }

  ack(topic) {
    Atomics.add(this.words.acked, topic, 1);
  }

  nak() {}
  term() {}
  inProgress() {}

  async close() {
    this.closed = true;
  }
}
