/** A sound bus under load is always called ordered on a real server, and no time-out is near only because handlers are slow. */
import { it } from 'vitest';
import {
  durablePerTopic,
  notWaiting,
  onePending,
  partitioned,
  retriedInPlace,
  single,
  slowHandlers,
  throughRebalance,
} from '../run/drawn-kinds.js';
import { doesNotPass, drawnRuns, expectAllJudged, runsPerKind, type DrawnRun } from '../run/drawn-runs.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';
import { runBuilt } from './run-built.js';
import { describeOnNewestNats, useServer } from './servers.js';

const manyRunsMs = 300_000;
/** A group takes its time to settle, and little else. */
const groupsAtOnce = 3;

describeOnNewestNats('always ordered', (binary) => {
  const server = useServer(binary);
  const onNats = (run: DrawnRun) => runBuilt(run, { nats: server().connection, kafka: null });
  const kinds = [single, durablePerTopic, onePending, partitioned, retriedInPlace, notWaiting];

  for (const kind of kinds) {
    it(`in ${runsPerKind} runs: ${kind.name}`, { timeout: manyRunsMs }, async () => {
      await expectAllJudged(drawnRuns(kind, runsPerKind, { broker: 'nats' }), onNats, doesNotPass);
    });
  }

  for (const { name, flags } of slowHandlers) {
    it(name, async () => {
      await expectAllJudged([{ flags: { ...flags, broker: 'nats' }, seed: 1 }], onNats, doesNotPass);
    });
  }
});

describeOnKafka('always ordered, on Kafka', () => {
  const kafka = useKafka();
  const onKafka = (run: DrawnRun) => runBuilt(run, { nats: null, kafka: kafka().connection });

  it(`in ${runsPerKind} runs: ${throughRebalance.name}`, { timeout: manyRunsMs }, async () => {
    const runs = drawnRuns(throughRebalance, runsPerKind, { broker: 'kafka' });
    await expectAllJudged(runs, onKafka, doesNotPass, groupsAtOnce);
  });
});
