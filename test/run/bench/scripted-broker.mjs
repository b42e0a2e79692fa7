// A broker that follows a script, for tests that run one scenario under both runtimes. It stores everything but one
// refused event, each at a position that its aggregate and version decide. It delivers nothing until all is stored, then
// each event once in the order of positions, then what was sent back, in that order. All of it lies in shared memory, and
// it waits by nothing but `options.sleep`, so that threads share it as well as tasks of a virtual world.
import { setTimeout as realSleep } from 'node:timers/promises';
import { PublishFailure } from '../../../dist/broker/port.js';

const fields = 6;
const states = { waiting: 0, delivered: 1, acked: 2, sentBack: 3 };

/** What is shared; plain data, handed to every thread. */
export function scriptOf({ aggregates, versions, refused }) {
  const events = aggregates * versions;
  return {
    aggregates,
    events,
    refused,
    log: new Float64Array(new SharedArrayBuffer(events * fields * 8)),
    states: new Int32Array(new SharedArrayBuffer(events * 4)),
    stored: new Int32Array(new SharedArrayBuffer(4)),
  };
}

/** @param options `sleep(ms)`; real time if absent */
export function createDriver({ sleep = realSleep, ...script }) {
  return {
    openAdmin: () => Promise.resolve(adminOf(script)),
    openPublisher: () => Promise.resolve(new Publisher(script, sleep)),
    openSubscription: () => Promise.resolve(new Subscription(script, sleep)),
  };
}

function adminOf(script) {
  const nothing = () => Promise.resolve();
  return {
    broker: { kind: 'scripted', version: '1', url: null },
    clientOf: () => ({ name: 'scripted', version: '1' }),
    create: nothing,
    durables: async () => [{ name: 'all', pending: countOf(script, states.waiting) - 1, ackPending: openOf(script) }],
    remove: nothing,
    close: nothing,
  };
}

function countOf(script, state) {
  return script.states.filter((_, at) => Atomics.load(script.states, at) === state).length;
}

function openOf(script) {
  return countOf(script, states.delivered) + countOf(script, states.sentBack);
}

class Publisher {
  constructor(script, sleep) {
    Object.assign(this, { script, sleep });
  }

  async publish({ aggregate, topic, version, publisher, publishStamp, publishedAtMs }) {
    const { aggregates, refused, log, stored } = this.script;
    await this.sleep(0);
    if (aggregate === refused.aggregate && version === refused.version) throw new PublishFailure('not this one');
    const at = (version - 1) * aggregates + aggregate;
    log.set([aggregate, topic, version, publisher, publishStamp, publishedAtMs], at * fields);
    Atomics.add(stored, 0, 1);
    return { partition: 0, position: at + 1, duplicate: false };
  }

  close() {
    return Promise.resolve();
  }
}

class Subscription {
  constructor(script, sleep) {
    Object.assign(this, { script, sleep, left: 0, isClosed: false });
  }

  pull(batch) {
    this.left = batch;
  }

  poll() {
    if (this.isClosed) return { kind: 'end', status: 'closed', detail: '' };
    if (this.left === 0) return { kind: 'end', status: 'complete', detail: '' };
    const at = this.#next();
    if (at === -1) return undefined;
    this.left--;
    return this.#message(at);
  }

  async next() {
    for (;;) {
      const item = this.poll();
      if (item !== undefined) return item;
      await this.sleep(1);
    }
  }

  ack(token) {
    Atomics.store(this.script.states, token, states.acked);
  }

  nak(token) {
    Atomics.store(this.script.states, token, states.sentBack);
  }

  inProgress() {}

  close() {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** Index of the next event to be delivered; -1: none yet. */
  #next() {
    const { events, stored, aggregates, refused } = this.script;
    if (Atomics.load(stored, 0) < events - 1) return -1;
    const skipped = (refused.version - 1) * aggregates + refused.aggregate;
    const first = this.#indexOf(states.waiting, skipped);
    if (first !== -1) return first;
    return countOf(this.script, states.delivered) > 0 ? -1 : this.#indexOf(states.sentBack, skipped);
  }

  #indexOf(state, skipped) {
    return this.script.states.findIndex((_, at) => at !== skipped && Atomics.load(this.script.states, at) === state);
  }

  #message(at) {
    const { log } = this.script;
    const deliveryCount = Atomics.exchange(this.script.states, at, states.delivered) === states.sentBack ? 2 : 1;
    const [aggregate, topic, version, publisher, publishStamp, publishedAtMs] = log.subarray(at * fields);
    const event = {
      aggregateId: `agg-${aggregate}`,
      aggregate,
      topic,
      version,
      publisher,
      publishStamp,
      publishedAtMs,
    };
    return { kind: 'message', event, partition: 0, position: at + 1, deliveryCount, token: at };
  }
}
