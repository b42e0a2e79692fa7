// Measures our Kafka publisher and consumer beside Kafka's own performance tools, and the cost of letting each
// aggregate wait for its acknowledgements. All on one private broker, one topic of three partitions, in turns:
//
//   in flight    our publisher, 200 aggregates with 100 events outstanding each, against kafka-producer-perf-test
//   200, 1       our publisher, so many aggregates that each send their next version when the last is acknowledged;
//                also without linger, as runs have it by default
//   consumer     our subscription, each message acknowledged at once, against kafka-consumer-perf-test, over the events
//                that our publisher stored
//   run          the whole tool: publisher, subscription, bus, checker
//
// Kafka's tools are given what ours has: acks, batch size, linger, bytes a record (theirs without keys), no idempotence.
// Then follow the CPU time that our process spends on an event (which other work on the machine distorts less than it does
// the clock), and whose code it is spent in.
//
//   npm run build && npm run brokers && node benchmarks/kafka.mjs
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeEvent } from '../dist/broker/event-codec.js';
import { kafkaDriver } from '../dist/broker/kafka/driver.js';
import { startPrivateBroker } from '../dist/broker/kafka/private/private-broker.js';
import { packageRoot } from '../dist/broker/private/package-root.js';
import { cpuShares } from './lib/cpu-shares.mjs';
import { findKafkaTools } from './lib/kafka-tools.mjs';

const runId = 'bench';
const topic = `eventbus-bench.${runId}.topic-0`;
/** Where Kafka's tool sends to, so that our consumer finds only events. */
const theirTopic = `eventbus-bench.${runId}.theirs`;
const partitions = 3;
const batchBytes = 16_384;
const lingerMs = 5;
const rounds = 3;
/** Rounds of our publisher that are not counted. */
const warmUps = 2;
/** Records that Kafka's tools send, and those of them that warm Java up. */
const theirs = { records: 350_000, warmUp: 150_000 };
/** Share of what is consumed that warms the consumers up. */
const consumerWarmUp = 1 / 3;
/** Each form goes on for about a second. */
const forms = {
  'in flight': { aggregates: 200, outstanding: 100, lingerMs, events: 60_000 },
  '200 aggregates': { aggregates: 200, outstanding: 1, lingerMs, events: 10_000 },
  '1 aggregate': { aggregates: 1, outstanding: 1, lingerMs, events: 100 },
  '200 aggregates, no linger': { aggregates: 200, outstanding: 1, lingerMs: 0, events: 10_000 },
  '1 aggregate, no linger': { aggregates: 1, outstanding: 1, lingerMs: 0, events: 400 },
};
const ids = Array.from({ length: 200 }, (_, aggregate) => `agg-${aggregate + 1}`);
const wholeTool = [
  ...['run', '--broker', 'kafka', '--mode', 'single', '--handler-time', '0', '--topics', '1', '--partitions', '3'],
  ...['--aggregates', '200', '--versions', '300', '--publish', 'async:100', '--linger', `${lingerMs}ms`],
  ...['--json', '--quiet', '--no-progress'],
];

const groupOf = (name) => `eventbus-bench.${runId}.group-${name}`;

function topologyOf({ linger = lingerMs, group = groupOf('none') } = {}) {
  const subscription = { index: 0, name: 'sub-all', durable: group, ownsTopics: [0], bus: 0, begins: 'at once' };
  return {
    ...{ kind: 'kafka', client: 'kafkajs', topics: [{ name: topic, partitions }], groups: [group] },
    producer: {
      ...{ acks: 'all', idempotent: false, retries: 5, requestsInFlight: null, key: 'aggregate' },
      ...{ partitioners: ['default'], lingerMs: linger, produceBatchBytes: partitions * batchBytes },
    },
    consumer: {
      ...{ consume: 'each-batch', partitionsConcurrently: 1, fetchWaitMs: 100 },
      ...{ commit: { kind: 'auto', intervalMs: null, threshold: null } },
      ...{ sessionTimeoutMs: 30_000, heartbeatIntervalMs: 3_000 },
    },
    subscriptions: [subscription],
  };
}

function eventOf(aggregate, version) {
  const publishedAtMs = performance.now();
  const publishStamp = aggregate * version;
  return { aggregateId: ids[aggregate], version, aggregate, topic: 0, publisher: 0, publishStamp, publishedAtMs };
}

/**
 * Publishes all events of a form, up to `outstanding` of one aggregate on their way at a time.
 * @returns events a second, and microseconds of CPU time an event
 */
async function publish(publisher, { aggregates, outstanding, events }) {
  const versions = events / aggregates;
  const loopsOf = (aggregate) => {
    let version = 0;
    return Array.from({ length: outstanding }, async () => {
      while (version < versions) await publisher.publish(eventOf(aggregate, ++version));
    });
  };
  const stop = startClock();
  await Promise.all(Array.from({ length: aggregates }, (_, aggregate) => loopsOf(aggregate)).flat());
  return stop(events);
}

/** Takes and acknowledges all messages. @returns as {@link publish}, of the messages behind `warmUp` */
async function consume(connection, { records, warmUp }) {
  let stop = startClock();
  connection.pull(0, 0);
  for (let taken = 1; taken <= records; taken++) {
    const item = connection.poll() ?? (await connection.next());
    if (item.kind === 'end') throw new Error(`the subscription ended after ${taken} messages: ${item.detail}`);
    connection.ack(item.token);
    if (taken === warmUp) stop = startClock();
  }
  return stop(records - warmUp);
}

function startClock() {
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  return (events) => {
    const { user, system } = process.cpuUsage(cpuBefore);
    return { perSecond: (events / (performance.now() - startedMs)) * 1000, cpuUs: (user + system) / events };
  };
}

async function measurePublishers(driver, broker, tools) {
  const publishers = new Map();
  for (const linger of [lingerMs, 0]) publishers.set(linger, await driver.openPublisher(topologyOf({ linger }), 0));
  const measured = { theirs: [] };
  let stored = 0;
  const ours = (form) => {
    stored += form.events;
    return publish(publishers.get(form.lingerMs), form);
  };
  // Kafka's tool warms up by itself.
  for (let i = 0; i < warmUps; i++) for (const form of Object.values(forms)) await ours(form);
  for (let round = 0; round < rounds; round++) {
    for (const [name, form] of Object.entries(forms)) (measured[name] ??= []).push(await ours(form));
    measured.theirs.push({ perSecond: await tools.produce({ ...theirs, ...producerOf(broker) }) });
  }
  const shares = await cpuShares(() => ours(forms['in flight']));
  await Promise.all([...publishers.values()].map((publisher) => publisher.close()));
  return { measured, shares, stored };
}

/** What Kafka's tool is told: a record has as many bytes as key and value of one of our events. */
function producerOf(broker) {
  const event = eventOf(100, 200);
  const recordBytes = encodeEvent(event).length + event.aggregateId.length;
  const properties = {
    ...{ acks: 'all', 'batch.size': batchBytes, 'linger.ms': lingerMs, 'enable.idempotence': false },
  };
  return { broker, topic: theirTopic, recordBytes, properties };
}

async function measureConsumers(driver, broker, tools, records) {
  const span = { records, warmUp: Math.floor(records * consumerWarmUp) };
  const measured = { ours: [], theirs: [] };
  const ours = async (round, watch) => {
    const topology = topologyOf({ group: groupOf(round) });
    const connection = await driver.openSubscription(topology, topology.subscriptions[0]);
    const result = await watch(() => consume(connection, span));
    await connection.close();
    return result;
  };
  for (let round = 0; round < rounds; round++) {
    measured.ours.push(await ours(round, (work) => work()));
    measured.theirs.push({ perSecond: await tools.consume({ ...span, broker, topic }) });
  }
  return { measured, shares: await ours(rounds, cpuShares) };
}

/** Handled events a second, as its report says, which goes into the folder that is removed with the broker. */
async function measureWholeTool(server) {
  const where = ['--kafka-brokers', server.brokers[0], '--report-dir', join(server.folder, 'reports')];
  const args = [join(packageRoot, 'dist/cli/main.js'), ...wholeTool, ...where];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26, timeout: 60_000 });
  const [row] = JSON.parse(stdout).runs;
  return row.throughput.handledPerSecond;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (value) => Math.round(value).toLocaleString('en');
const twoDigits = (value) => (value < 10 ? value.toPrecision(2) : shown(value));
/** Round by round, so that a machine that is busier now and then does not distort it. */
const ratio = (results, beside) =>
  twoDigits(median(results.map(({ perSecond }, round) => perSecond / beside[round].perSecond)));

function printRate(name, results, beside = '') {
  const rates = results.map(({ perSecond }) => perSecond);
  const range = `(${shown(Math.min(...rates))} to ${shown(Math.max(...rates))})`;
  console.log(`${name.padEnd(45)}${shown(median(rates)).padStart(9)}  ${range.padEnd(22)}  ${beside}`.trimEnd());
}

function printCpu(name, results, shares) {
  const parts = Object.entries(shares).map(([owner, share]) => `${owner} ${Math.round(share * 100)} %`);
  const cpuUs = twoDigits(median(results.map(({ cpuUs }) => cpuUs)));
  console.log(`CPU of the ${name}: ${cpuUs} µs an event; ${parts.join(', ')}`);
}

async function measure(tools, server) {
  const [broker] = server.brokers;
  const driver = kafkaDriver(server.connection, { runId });
  const admin = await driver.openAdmin();
  const { topics, ...topology } = topologyOf();
  await admin.create({ ...topology, topics: [...topics, { name: theirTopic, partitions }] });
  await admin.close();

  const { measured: published, shares: publisherShares, stored } = await measurePublishers(driver, broker, tools);
  const { measured: consumed, shares: consumerShares } = await measureConsumers(driver, broker, tools, stored);
  const handled = await measureWholeTool(server);

  console.log(`Kafka ${server.version}, tools ${tools.version}, 1 topic of ${partitions} partitions, acks all`);
  console.log(`${rounds} rounds; events/s: median (least to most)`);
  const inFlight = published['in flight'];
  printRate('kafka-producer-perf-test', published.theirs);
  printRate('publisher, 200 × 100 in flight', inFlight, `${ratio(inFlight, published.theirs)} of Kafka's own`);
  for (const name of Object.keys(forms).slice(1)) {
    const beside = `in flight is ${ratio(inFlight, published[name])} times that`;
    printRate(`publisher, serial: ${name}`, published[name], beside);
  }
  printRate('kafka-consumer-perf-test', consumed.theirs);
  printRate('consumer', consumed.ours, `${ratio(consumed.ours, consumed.theirs)} of Kafka's own`);
  printRate('run, handled', [{ perSecond: handled }]);
  printCpu('publisher', inFlight, publisherShares);
  printCpu('consumer', consumed.ours, consumerShares);
}

let server;
try {
  const tools = findKafkaTools();
  server = await startPrivateBroker();
  await measure(tools, server);
} catch (error) {
  console.error(`benchmarks/kafka.mjs: ${error.message}${error.wayOut === undefined ? '' : `; ${error.wayOut}`}`);
  process.exitCode = 1;
} finally {
  await server?.stop();
}
