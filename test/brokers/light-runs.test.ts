/** A broken bus under a light load is never called ordered on a real server, however lucky it was. */
import { it } from 'vitest';
import { failingHandlers, noKey, resizedPool, sharedDurable, twoPublishers, unkeyedPool } from '../run/drawn-kinds.js';
import { drawnRuns, expectAllJudged, passes, runsPerKind, type DrawnRun } from '../run/drawn-runs.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';
import { runBuilt } from './run-built.js';
import { describeOnNewestNats, useServer } from './servers.js';

const manyRunsMs = 300_000;

describeOnNewestNats(`never ordered, in ${runsPerKind} light runs`, (binary) => {
  const server = useServer(binary);
  const onNats = (run: DrawnRun) => runBuilt(run, { nats: server().connection, kafka: null });
  const kinds = [sharedDurable, unkeyedPool, twoPublishers, resizedPool, failingHandlers];

  for (const kind of kinds) {
    it(kind.name, { timeout: manyRunsMs }, async () => {
      await expectAllJudged(drawnRuns(kind, runsPerKind, { broker: 'nats' }), onNats, passes);
    });
  }
});

describeOnKafka(`never ordered, in ${runsPerKind} light runs on Kafka`, () => {
  const kafka = useKafka();
  const onKafka = (run: DrawnRun) => runBuilt(run, { nats: null, kafka: kafka().connection });

  it('events without a key', { timeout: manyRunsMs }, async () => {
    await expectAllJudged(drawnRuns(noKey, runsPerKind, { broker: 'kafka' }), onKafka, passes);
  });
});
