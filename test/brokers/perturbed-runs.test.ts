/**
 * Delays between the stages show on real servers what a light load hides, and name no other cause; a sound bus keeps its order
 * under them.
 */
import { it } from 'vitest';
import type { DrawnRun } from '../run/drawn-runs.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';
import { expectNamed, expectNoCause, severalRunsMs } from './mechanism-runs.js';
import { runBuilt } from './run-built.js';
import { describeOnNewestNats, useServer } from './servers.js';

const timeout = severalRunsMs;
/** An aggregate's events are 20 ms apart: a pool without keys needs delays that are longer by far to let two cross in every run. */
const light = '--aggregates 4 --versions 50 --handler-time 0 --rate 200 --perturb 0-60ms';

describeOnNewestNats('with delays', (binary) => {
  const server = useServer(binary);
  const onNats = (run: DrawnRun) => runBuilt(run, { nats: server().connection, kafka: null });
  const load = `--broker nats --topics 2 ${light}`;

  it('a shared durable loses order under a light load', { timeout }, async () => {
    await expectNamed({ command: `${load} --mode multi/shared`, causes: ['shared-durable'] }, onNats);
  });

  it('a pool without keys loses order under a light load', { timeout }, async () => {
    const command = `${load} --mode single --strategy unkeyed-pool`;
    await expectNamed({ command, causes: ['unkeyed-pool'] }, onNats);
  });

  it('a keyed pool with a durable for each topic keeps order', { timeout }, async () => {
    await expectNoCause(`${load} --mode multi/per-topic`, onNats);
  });
});

describeOnKafka('with delays on Kafka', () => {
  const kafka = useKafka();
  const onKafka = (run: DrawnRun) => runBuilt(run, { nats: null, kafka: kafka().connection });
  const group = '--partitions 4 --members 2 --heartbeat-interval 100ms --session-timeout 6s --disturb join@50%';
  const load = `--broker kafka --mode single --topics 1 ${group} ${light}`;

  it('a keyed pool loses order through a rebalance under a light load', { timeout }, async () => {
    const at = { causes: ['rebalance-replay'], beside: ['rebalance-overlap'] };
    await expectNamed({ command: load, ...at }, onKafka);
  });

  it('partition by partition keeps order through it', { timeout }, async () => {
    await expectNoCause(`${load} --strategy partition-serial`, onKafka);
  });
});
