// Measures how fast deliveries get from the subscription threads to the bus thread: five producer threads submit to the
// shared inbox and one thread takes, beside one MessagePort a producer to the same reader. Then it measures the
// doorbell: the time that a thread takes to wake another one that sleeps in its event loop, beside a MessagePort.
//
//   npm run build && node benchmarks/inbox.mjs [items a producer]
import { isMainThread, MessageChannel, parentPort, Worker, workerData } from 'node:worker_threads';
import { Doorbell, ring } from '../dist/runtime/threads/doorbell.js';
import { createInboxMemory } from '../dist/runtime/threads/inbox-memory.js';
import { closeInbox, SharedInboxReader, SharedInboxWriter } from '../dist/runtime/threads/shared-inbox.js';
import { createStampCounter } from '../dist/runtime/threads/shared-stamps.js';

const producers = 5;
const hops = 10_000;

async function main(items) {
  console.log(`hand-over from ${producers} producer threads, ${items} deliveries each`);
  for (const capacity of [16, 1024, 65_536]) {
    console.log(`  shared inbox, ${capacity} places: ${await inboxRate(items, capacity)}/s`);
  }
  console.log(`  one MessagePort a producer: ${await portRate(items)}/s`);
  console.log(`waking a sleeping thread, mean of ${2 * hops}`);
  console.log(`  doorbell: ${await latencyUs('bell')} us`);
  console.log(`  MessagePort: ${await latencyUs('port')} us`);
}

function start(data, transferList = []) {
  return new Worker(new URL(import.meta.url), { workerData: data, transferList });
}

function answer(worker) {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function inboxRate(items, capacity) {
  const memory = createInboxMemory(capacity, producers, createStampCounter());
  const go = new Int32Array(new SharedArrayBuffer(4));
  const reader = start({ role: 'inboxReader', memory });
  const writers = Array.from({ length: producers }, (_, writer) =>
    start({ role: 'inboxWriter', memory, writer, items, go }),
  );
  return measure(reader, writers, go, items, () => closeInbox(memory));
}

async function portRate(items) {
  const go = new Int32Array(new SharedArrayBuffer(4));
  const channels = Array.from({ length: producers }, () => new MessageChannel());
  const ports = channels.map(({ port1 }) => port1);
  const reader = start({ role: 'portReader', ports, total: producers * items }, ports);
  const writers = channels.map(({ port2 }) => start({ role: 'portWriter', port: port2, items, go }, [port2]));
  return measure(reader, writers, go, items, () => {});
}

async function measure(reader, writers, go, items, close) {
  await Promise.all([reader, ...writers].map((worker) => answer(worker)));
  const [taken, ...written] = [reader, ...writers].map((worker) => answer(worker));
  const beganAt = performance.now();
  Atomics.store(go, 0, 1);
  Atomics.notify(go, 0);
  await Promise.all(written);
  close();
  await taken;
  const rate = (producers * items) / ((performance.now() - beganAt) / 1000);
  await Promise.all([reader, ...writers].map((worker) => worker.terminate()));
  return Math.round(rate).toLocaleString('en');
}

async function latencyUs(kind) {
  const bells = new Int32Array(new SharedArrayBuffer(16));
  const { port1, port2 } = new MessageChannel();
  const first = start({ role: 'pong', kind, me: 0, bells, port: port1 }, [port1]);
  const second = start({ role: 'pong', kind, me: 1, bells, port: port2 }, [port2]);
  await Promise.all([answer(first), answer(second)]);
  const done = answer(first);
  second.postMessage('go');
  first.postMessage('go');
  const us = await done;
  await Promise.all([first.terminate(), second.terminate()]);
  return us.toFixed(1);
}

function aDelivery(id, subscription) {
  return {
    ...{ id, aggregate: 1, topic: 0, version: 1, publisher: 0, publishStamp: 0, publishedAtMs: 0, partition: 0 },
    ...{ position: id, deliveryCount: 1, subscription, owned: true, deliverStamp: 0, deliveredAtMs: 0 },
    ...{ ackToken: id, submitStamp: 0 },
  };
}

const roles = {
  async inboxReader({ memory }) {
    const reader = new SharedInboxReader(memory);
    ready();
    while ((await reader.take()) !== null);
    parentPort.postMessage('done');
  },

  async inboxWriter({ memory, writer, items, go }) {
    const inbox = new SharedInboxWriter(memory, writer);
    ready();
    Atomics.wait(go, 0, 0);
    for (let i = 0; i < items; i++) await inbox.submit(aDelivery(i, writer), 'wait');
    parentPort.postMessage('done');
  },

  portReader({ ports, total }) {
    let taken = 0;
    for (const port of ports) {
      port.on('message', () => {
        if (++taken === total) parentPort.postMessage('done');
      });
    }
    ready();
  },

  portWriter({ port, items, go }) {
    ready();
    Atomics.wait(go, 0, 0);
    for (let i = 0; i < items; i++) port.postMessage(aDelivery(i, 0));
    parentPort.postMessage('done');
  },

  async pong({ kind, me, bells, port }) {
    const words = { bell: [0, 1], count: [2, 3] };
    const mine = new Doorbell(bells, words.bell[me]);
    let received = 0;
    let wake = () => {};
    port.on('message', () => {
      received++;
      wake();
    });
    const send = () => {
      if (kind === 'port') return port.postMessage(0);
      Atomics.add(bells, words.count[1 - me], 1);
      ring(bells, words.bell[1 - me]);
    };
    const receive = async (count) => {
      if (kind === 'bell') return mine.wait(() => Atomics.load(bells, words.count[me]) >= count);
      if (received < count) await new Promise((resolve) => (wake = resolve));
    };
    ready();
    await new Promise((resolve) => parentPort.once('message', resolve));
    const beganAt = performance.now();
    for (let hop = 1; hop <= hops; hop++) {
      if (me === 0) send();
      await receive(hop);
      if (me === 1) send();
    }
    if (me === 0) parentPort.postMessage(((performance.now() - beganAt) * 1000) / hops / 2);
  },
};

/** Keeps the thread alive, and says that it runs. */
function ready() {
  parentPort.on('message', () => {});
  parentPort.postMessage('ready');
}

if (isMainThread) await main(Number(process.argv[2] ?? 40_000));
else await roles[workerData.role](workerData);
