/**
 * The everyday ways in which a bus loses order, each provoked on a real nats-server and named by its cause; and sound
 * buses, of which none is named. The same on the simulator: test/diagnosis/everyday-mechanisms.test.ts.
 */
import { describe, it } from 'vitest';
import type { DrawnRun } from '../run/drawn-runs.js';
import { expectNamed, expectNoCause, severalRunsMs, type Mechanism } from './mechanism-runs.js';
import { runBuilt } from './run-built.js';
import { describeOnNewestNats, useServer } from './servers.js';

const few = '--broker nats --mode single --topics 2 --aggregates 20 --versions 30';
const single = `${few} --workers 16`;
const shared = '--broker nats --mode multi/shared --topics 3 --aggregates 60 --versions 30';
const full = '--queue-size 4 --workers 4 --lane-size 1';

const mechanisms: readonly Mechanism[] = [
  { command: `${single} --handler-fail 2%`, causes: ['nak-behind-batch'] },
  {
    command: `${single} --handler-fail 2% --handler-failure timeout --handler-timeout 50ms`,
    causes: ['nak-behind-batch'],
  },
  {
    command: `${single} --handler-fail 2% --handler-failure throw --ack-wait 2s`,
    causes: ['failure-unanswered'],
    // On a slow machine some wait for longer than the ack wait.
    beside: ['prefetch-aging'],
  },
  { command: `${single} --handler-fail 10% --max-deliver 2`, causes: ['max-deliver-skip', 'nak-behind-batch'] },
  {
    command:
      '--broker nats --mode single --topics 1 --aggregates 20 --versions 2 --handler-time 150ms --ack-wait 100ms',
    causes: ['ack-wait-expiry', 'prefetch-aging'],
  },
  {
    command:
      '--broker nats --mode single --topics 1 --aggregates 20 --versions 40 --workers 4 --handler-time 10ms --ack-wait 1s --max-ack-pending 10000',
    causes: ['prefetch-aging'],
    beside: ['ack-wait-expiry'],
  },
  { command: `${single} --ack never --ack-wait 1s --drain-timeout 3s`, causes: ['missing-ack'] },
  { command: `${single} --ack on-delivery --handler-fail 2%`, causes: ['ack-before-handling'] },
  { command: `${single} --handler-fail 2% --handler-failure ack`, causes: ['ack-without-success'] },
  {
    command: `${single} --ack on-delivery --ack-wait 2s --disturb crash:300ms@50%`,
    causes: ['ack-before-handling'],
    // What was on its way to the service had not been acknowledged.
    beside: ['crash-redelivery'],
  },
  { command: `${single} --ack-wait 2s --disturb crash:300ms@50%`, causes: ['crash-redelivery'] },
  {
    command: `--broker nats --mode single --topics 2 --aggregates 10 --versions 12 --overflow reject ${full} --ack-wait 1s`,
    causes: ['overflow-reject'],
    beside: ['prefetch-aging'],
  },
  {
    command: `${few} --overflow inline ${full} --handler-time 5-15ms`,
    causes: ['overflow-fallback'],
  },
  { command: `${single} --strategy actor --handler-fail 5%`, causes: ['give-back', 'nak-behind-batch'] },
  {
    // Events wait in the lanes and before them, so that some pairs are submitted well before their lanes are chosen.
    command: `${few} --workers 4 --lane-size 20 --disturb workers:5@50% --handler-time 0-5ms`,
    causes: ['pool-resize'],
  },
  { command: shared, causes: ['shared-durable'] },
  { command: `${shared} --handler-fail 2%`, causes: ['nak-behind-batch'], beside: ['shared-durable'] },
  { command: `${shared.replace('multi/shared', 'multi/per-topic')} --members 2`, causes: ['competing-pullers'] },
  { command: `${single} --strategy unkeyed-pool --handler-time 0-5ms`, causes: ['unkeyed-pool'] },
  { command: `${single} --strategy unawaited-pool --handler-time 0-5ms`, causes: ['unawaited-handler'] },
  { command: `${single} --strategy retry-at-tail --handler-fail 2%`, causes: ['retry-at-tail'] },
  { command: `${single} --message-id aggregate`, causes: ['dedupe-window'] },
  { command: `${single} --publishers-per-aggregate 2`, causes: ['concurrent-publishers'] },
  { command: `${single} --publish pool:8`, causes: ['version-before-send'] },
  {
    command:
      '--broker nats --mode multi/per-topic --topics 3 --aggregates 20 --versions 30 --topic-choice spread --order-scope aggregate --strategy pool-per-topic --workers 8 --handler-time 0-5ms',
    causes: ['aggregate-across-topics'],
  },
];

const sound: readonly string[] = [
  '--broker nats --mode single --topics 1 --aggregates 3 --versions 3',
  `${single} --rate 200`,
  '--broker nats --mode multi/per-topic --topics 4 --aggregates 60 --versions 40 --handler-time 0-3ms',
  `${single} --strategy retry-in-place --handler-fail 5%`,
  '--broker nats --mode single --topics 1 --aggregates 10 --versions 12 --strategy max-ack-pending-1 --handler-fail 5%',
];

describeOnNewestNats('on a real server', (binary) => {
  const server = useServer(binary);
  const onNats = (run: DrawnRun) => runBuilt(run, { nats: server().connection, kafka: null });

  describe('a mechanism that is met every day is named by its cause, and by no other', () => {
    for (const mechanism of mechanisms)
      it(mechanism.command, { timeout: severalRunsMs }, async () => expectNamed(mechanism, onNats));
  });

  describe('of a sound bus no cause is named', () => {
    it.each(sound)('%s', async (command) => expectNoCause(command, onNats));
  });
});
