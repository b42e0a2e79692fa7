// Measures how fast events are published to a real server, each aggregate serially, with every acknowledgement checked:
// our publisher connection against what one would write with the client's own js.publish, on one private server, in
// turns:
//
//   ours        one connection, 200 aggregates side by side, each sends its next version when the last is acknowledged
//   concurrent  the same 200 loops, each awaiting js.publish
//   sequential  one loop over all aggregates, awaiting js.publish
//
//   npm run build && node benchmarks/publish.mjs
import { connect } from 'nats';
import { natsDriver } from '../dist/broker/nats/driver.js';
import { encodeEvent } from '../dist/broker/event-codec.js';
import { startPrivateServer } from '../dist/broker/nats/private/private-server.js';

const topics = 5;
const aggregates = 200;
const rounds = 5;
/** Events a turn: each form goes on for about a second. */
const events = { ours: 100_000, concurrent: 20_000, sequential: 4_000 };

function eventOf(aggregate, version) {
  return {
    ...{ aggregateId: `agg-${aggregate + 1}`, version, aggregate, topic: aggregate % topics },
    ...{ publisher: 0, publishStamp: aggregate * version, publishedAtMs: performance.now() },
  };
}

/** Runs `publish(aggregate, version)` for all aggregates side by side, versions of one in turn. */
async function sideBySide(total, publish) {
  const versions = total / aggregates;
  const serially = async (_, aggregate) => {
    for (let version = 1; version <= versions; version++) await publish(aggregate, version);
  };
  await Promise.all(Array.from({ length: aggregates }, serially));
}

async function inOneLoop(total, publish) {
  for (let i = 0; i < total; i++) await publish(i % aggregates, Math.floor(i / aggregates) + 1);
}

async function measure(storage, server) {
  const runId = `bench-${storage}`;
  const subjects = Array.from({ length: topics }, (_, topic) => `eventbus-bench.${runId}.${topic}`);
  const topology = { stream: { name: `EVENTBUS_BENCH_${runId}`, subjects }, durables: [], subscriptions: [] };
  const driver = natsDriver(server.connection, { runId, storage });
  const admin = await driver.openAdmin();
  await admin.create(topology);
  const publisher = await driver.openPublisher(topology);
  const client = await connect({ servers: server.url });
  const jetStream = client.jetstream();
  const withClient = (aggregate, version) =>
    jetStream.publish(subjects[aggregate % topics], encodeEvent(eventOf(aggregate, version)));
  const forms = {
    ours: () => sideBySide(events.ours, (aggregate, version) => publisher.publish(eventOf(aggregate, version))),
    concurrent: () => sideBySide(events.concurrent, withClient),
    sequential: () => inOneLoop(events.sequential, withClient),
  };
  const rates = { ours: [], concurrent: [], sequential: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [form, run] of Object.entries(forms)) {
      const startedMs = performance.now();
      await run();
      const perSecond = (events[form] / (performance.now() - startedMs)) * 1000;
      // The first round warms up.
      if (round > 0) rates[form].push(perSecond);
    }
  }
  await Promise.all([publisher.close(), client.close()]);
  await admin.remove();
  await admin.close();
  return rates;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (value) => Math.round(value).toLocaleString('en');

const server = await startPrivateServer();
console.log(
  `nats-server ${server.version}, ${aggregates} aggregates, ${topics} topics, ${rounds} rounds; events/s: median (least to most)`,
);
for (const storage of ['file', 'memory']) {
  const rates = await measure(storage, server);
  for (const [form, values] of Object.entries(rates)) {
    const range = `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;
    // Round by round, so that a machine that is busier now and then does not distort it.
    const ratio =
      form === 'ours'
        ? ''
        : `  ours is ${median(values.map((value, round) => rates.ours[round] / value)).toFixed(1)} times that`;
    console.log(`${storage.padEnd(7)} ${form.padEnd(11)}${shown(median(values)).padStart(9)}  (${range})${ratio}`);
  }
}
await server.stop();
