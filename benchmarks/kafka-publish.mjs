// Measures how fast events are published to a real Kafka, with every acknowledgement checked: our publisher connection
// against what one would write with the client's own producer.send, on one private broker, in turns:
//
//   ours        one connection, 200 aggregates side by side, each with 10 events outstanding
//   serial      the same, but each aggregate sends its next version when the last is acknowledged
//   concurrent  200 loops, each awaiting producer.send
//   sequential  one loop over all aggregates, awaiting producer.send
//
//   npm run build && node benchmarks/kafka-publish.mjs
import kafkajs from 'kafkajs';
import { encodeEvent } from '../dist/broker/event-codec.js';
import { kafkaClientConfig } from '../dist/broker/kafka/kafkajs/client-config.js';
import { kafkaDriver } from '../dist/broker/kafka/driver.js';
import { startPrivateBroker } from '../dist/broker/kafka/private/private-broker.js';

const topics = 5;
const partitions = 3;
const aggregates = 200;
const window = 10;
const rounds = 5;
const runId = 'bench';
/** Events a turn: each form goes on for about a second. */
const events = { ours: 100_000, serial: 60_000, concurrent: 4_000, sequential: 600 };

const topology = {
  kind: 'kafka',
  client: 'kafkajs',
  topics: Array.from({ length: topics }, (_, topic) => ({
    name: `eventbus-bench.${runId}.topic-${topic}`,
    partitions,
  })),
  groups: [],
  producer: {
    ...{ acks: 'all', idempotent: false, retries: 5, requestsInFlight: null, key: 'aggregate' },
    ...{ partitioners: ['default'], lingerMs: 0, produceBatchBytes: 16_384 },
  },
  consumer: {
    ...{ consume: 'each-batch', partitionsConcurrently: 1, commit: { kind: 'never' }, fetchWaitMs: 100 },
    ...{ sessionTimeoutMs: 30_000, heartbeatIntervalMs: 3_000 },
  },
  subscriptions: [],
};

function eventOf(aggregate, version) {
  return {
    ...{ aggregateId: `agg-${aggregate + 1}`, version, aggregate, topic: aggregate % topics },
    ...{ publisher: 0, publishStamp: aggregate * version, publishedAtMs: performance.now() },
  };
}

/** Runs `publish(aggregate, version)` for all aggregates side by side, up to `outstanding` of one at a time. */
async function sideBySide(total, outstanding, publish) {
  const versions = total / aggregates;
  const loopsOf = (aggregate) => {
    let version = 0;
    return Array.from({ length: outstanding }, async () => {
      while (version < versions) await publish(aggregate, ++version);
    });
  };
  await Promise.all(Array.from({ length: aggregates }, (_, aggregate) => loopsOf(aggregate)).flat());
}

async function inOneLoop(total, publish) {
  for (let i = 0; i < total; i++) await publish(i % aggregates, Math.floor(i / aggregates) + 1);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (value) => Math.round(value).toLocaleString('en');

const server = await startPrivateBroker();
const driver = kafkaDriver(server.connection, { runId });
const admin = await driver.openAdmin();
await admin.create(topology);
const publisher = await driver.openPublisher(topology, 0);
const client = new kafkajs.Kafka(kafkaClientConfig(server.connection, 'bench')).producer({
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
});
await client.connect();

const withUs = (aggregate, version) => publisher.publish(eventOf(aggregate, version));
const withClient = (aggregate, version) => {
  const event = eventOf(aggregate, version);
  const messages = [{ key: event.aggregateId, value: encodeEvent(event) }];
  return client.send({ topic: topology.topics[event.topic].name, messages });
};
const forms = {
  ours: () => sideBySide(events.ours, window, withUs),
  serial: () => sideBySide(events.serial, 1, withUs),
  concurrent: () => sideBySide(events.concurrent, 1, withClient),
  sequential: () => inOneLoop(events.sequential, withClient),
};
const rates = { ours: [], serial: [], concurrent: [], sequential: [] };
for (let round = 0; round <= rounds; round++) {
  for (const [form, run] of Object.entries(forms)) {
    const startedMs = performance.now();
    await run();
    // The first round warms up.
    if (round > 0) rates[form].push((events[form] / (performance.now() - startedMs)) * 1000);
  }
}
await Promise.all([publisher.close(), client.disconnect()]);
await admin.remove();
await admin.close();
await server.stop();

console.log(
  `Kafka ${server.version}, ${aggregates} aggregates, ${topics} topics of ${partitions} partitions, acks all`,
);
console.log(`${rounds} rounds; events/s: median (least to most)`);
for (const [form, values] of Object.entries(rates)) {
  const range = `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;
  // Round by round, so that a machine that is busier now and then does not distort it.
  const ratio =
    form === 'ours'
      ? ''
      : `  ours is ${median(values.map((value, round) => rates.ours[round] / value)).toFixed(1)} times that`;
  console.log(`${form.padEnd(11)}${shown(median(values)).padStart(9)}  (${range})${ratio}`);
}
