/**
 * The everyday ways in which a bus loses order, each provoked on a real Kafka and named by its cause; and sound buses, of
 * which none is named. The same on the simulator: test/diagnosis/everyday-mechanisms.test.ts.
 */
import { describe, it } from 'vitest';
import type { DrawnRun } from '../run/drawn-runs.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';
import { expectNamed, expectNoCause, severalRunsMs, type Mechanism } from './mechanism-runs.js';
import { runBuilt } from './run-built.js';

const few = '--broker kafka --mode single --topics 1 --aggregates 20 --versions 30';
const versions4 = '--broker kafka --mode single --topics 1 --aggregates 60 --versions 4';
const group = '--heartbeat-interval 300ms --session-timeout 6s';
const slow = '--rate 300 --handler-time 20-60ms';

const mechanisms: readonly Mechanism[] = [
  { command: `${versions4} --key none`, causes: ['missing-key'] },
  { command: `${versions4} --key none --publishers-per-aggregate 2`, causes: ['missing-key'], beside: ['concurrent-publishers'] }, // prettier-ignore
  {
    command: `${versions4} --publishers-per-aggregate 2 --partitioner default,fnv1a`,
    causes: ['partitioner-mismatch'],
    beside: ['concurrent-publishers'],
  },
  { command: `${few} --rate 400 --disturb partitions:6@50%`, causes: ['partition-expansion'] },
  { command: `${few} --publishers-per-aggregate 2`, causes: ['concurrent-publishers'] },
  { command: `${few} --publish pool:4`, causes: ['version-before-send'] },
  { command: `${few} --handler-fail 2%`, causes: ['offset-replay'] },
  {
    command: `${few} --rate 300 --handler-fail 2% --disturb join@50% ${group}`,
    causes: ['offset-replay'],
    beside: ['rebalance-replay', 'rebalance-overlap'],
  },
  { command: `${few} ${slow} --disturb join@50% ${group}`, causes: ['rebalance-replay'], beside: ['rebalance-overlap'] }, // prettier-ignore
  {
    command: `${few} ${slow} --disturb crash:300ms@50% ${group}`,
    causes: ['rebalance-replay'],
    // What had been handled and not been answered.
    beside: ['crash-redelivery'],
  },
  {
    command: `${few} --topics 2 --publish async:20 --produce-batch 2000 --send-order client`,
    causes: ['client-overtakes'],
  },
  { command: `${few} --ack on-delivery --handler-fail 2%`, causes: ['ack-before-handling'] },
  { command: `${few} --handler-fail 2% --handler-failure ack`, causes: ['ack-without-success'] },
  { command: `${few} --handler-fail 2% --handler-failure skip`, causes: ['commit-past-failure'] },
  { command: `${few} --strategy unkeyed-pool --handler-time 0-5ms`, causes: ['unkeyed-pool'] },
  { command: `${few} --strategy unawaited-pool --handler-time 0-5ms`, causes: ['unawaited-handler'] },
  { command: `${few} --strategy retry-at-tail --handler-fail 2%`, causes: ['retry-at-tail'] },
];

/** Only a private broker can be made to refuse writes. */
const refused: Mechanism = {
  command: `${few} --publishers-per-aggregate 2 --publish async:5 --rate 1000 --disturb refuse:300ms@30%`,
  causes: ['concurrent-publishers'],
  beside: ['publish-retry', 'publish-retry-duplicate'],
};

const sound: readonly string[] = [
  '--broker kafka --mode single --topics 1 --aggregates 3 --versions 3',
  '--broker kafka --mode multi/per-topic --topics 3 --aggregates 30 --versions 30 --handler-time 0-3ms',
  '--broker kafka --mode single --topics 1 --aggregates 20 --versions 10 --strategy partition-serial --handler-fail 2%',
];

describeOnKafka('on a real Kafka', () => {
  const kafka = useKafka();
  const onKafka = (run: DrawnRun) => runBuilt(run, { nats: null, kafka: kafka().connection });
  const onPrivateKafka = (run: DrawnRun) => runBuilt(run, { nats: null, kafka: null });

  describe('a mechanism that is met every day is named by its cause, and by no other', () => {
    for (const mechanism of mechanisms)
      it(mechanism.command, { timeout: severalRunsMs }, async () => expectNamed(mechanism, onKafka));

    it(refused.command, { timeout: severalRunsMs }, async () => expectNamed(refused, onPrivateKafka));
  });

  describe('of a sound bus no cause is named', () => {
    it.each(sound)('%s', async (command) => expectNoCause(command, onKafka));
  });
});
