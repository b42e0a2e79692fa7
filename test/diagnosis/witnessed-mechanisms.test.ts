/**
 * The witnesses of each cause show its mechanism, on the everyday ways in which a bus loses order; and the check of a
 * trace gives the same witnesses as its run.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { CauseWitness } from '../../src/domain/report/witness.js';
import { checkTrace } from '../../src/run/check-trace.js';
import { ScratchFile } from '../observation/fixtures.js';
import { flagsOf } from '../run/command-flags.js';
import { simulate } from '../run/simulate.js';

interface Shown {
  readonly cause: string;
  readonly command: string;
  /** What every witness of the cause shows. */
  readonly shows: (witness: CauseWitness) => boolean;
}

const anotherSubscription = ({ event, otherEvent }: CauseWitness): boolean =>
  event.deliver!.subscription !== otherEvent!.deliver!.subscription;
const anotherLane = ({ event, otherEvent }: CauseWitness): boolean => event.start!.lane !== otherEvent!.start!.lane;

/** Why the event, or where its other delivery was handled last that one, came again. */
const cameAgain =
  (...reasons: readonly string[]) =>
  ({ event, otherDelivery, otherEvent }: CauseWitness): boolean =>
    [event, otherDelivery, otherEvent].some((one) => reasons.includes(one?.deliver?.again ?? 'first'));

/** Two deliveries of a witness are of the same event. */
const isOfOneEvent = ({ event, otherDelivery }: CauseWitness): boolean =>
  otherDelivery === null || otherDelivery.version === event.version;

const earlierOf = ({ event, otherDelivery }: CauseWitness): CauseWitness['event'] | null =>
  otherDelivery !== null && otherDelivery.deliver!.stamp < event.deliver!.stamp ? otherDelivery : null;

const shown: readonly Shown[] = [
  {
    cause: 'shared-durable',
    command: '--mode multi/shared --handler-fail 2%',
    shows: (witness) =>
      anotherSubscription(witness) && !(witness.event.deliver!.owned && witness.otherEvent!.deliver!.owned),
  },
  {
    cause: 'competing-pullers',
    command: '--mode multi/per-topic --members 2',
    shows: (witness) =>
      anotherSubscription(witness) && witness.event.deliver!.owned && witness.otherEvent!.deliver!.owned,
  },
  {
    cause: 'nak-behind-batch',
    command: '--mode single --handler-fail 2%',
    shows: (witness) => {
      const earlier = earlierOf(witness);
      const isAgain = (witness.event.deliver!.deliveryCount ?? 0) > 1;
      return isAgain && earlier?.state === 'failed' && earlier.answer?.kind === 'nak';
    },
  },
  {
    cause: 'timeout-zombie',
    command: '--mode single --handler-fail 2% --handler-failure runs-on',
    shows: ({ event, otherDelivery, otherEvent }) =>
      [event, otherDelivery, otherEvent].some(
        (one) => one?.answer?.kind === 'nak' && one.answer.stamp < (one.finish?.stamp ?? Infinity),
      ),
  },
  {
    cause: 'failure-unanswered',
    command: '--mode single --handler-fail 2% --handler-failure throw',
    shows: (witness) => earlierOf(witness)?.state === 'failed' && earlierOf(witness)?.answer === null,
  },
  {
    cause: 'give-back',
    command: '--mode single --strategy actor --handler-fail 5%',
    shows: (witness) => cameAgain('given-back')(witness) && earlierOf(witness)?.start === null,
  },
  {
    cause: 'crash-redelivery',
    command: '--mode single --ack-wait 2s --disturb crash:300ms@50%',
    shows: (witness) => cameAgain('crash')(witness) && witness.amid?.what === 'crash',
  },
  {
    cause: 'prefetch-aging',
    command:
      '--mode single --workers 4 --handler-time 10ms --ack-wait 1s --max-ack-pending 10000 --topics 1 --aggregates 20 --versions 50',
    shows: cameAgain('queued'),
  },
  { cause: 'missing-ack', command: '--mode single --ack never', shows: ({ event }) => event.answer === null },
  {
    cause: 'overflow-reject',
    command: '--mode single --overflow reject --queue-size 4 --workers 4 --lane-size 1',
    shows: (witness) => earlierOf(witness)?.state === 'rejected',
  },
  {
    cause: 'overflow-fallback',
    command: '--mode single --overflow inline --queue-size 4 --workers 4 --lane-size 1 --handler-time 0-5ms',
    shows: ({ event, otherEvent }) => event.start!.lane === -1 || otherEvent!.start!.lane === -1,
  },
  {
    cause: 'pool-resize',
    command: '--mode single --disturb workers:5@50% --handler-time 0-5ms',
    shows: (witness) => anotherLane(witness) && witness.amid?.what === 'resize',
  },
  {
    cause: 'unkeyed-pool',
    command: '--mode single --strategy unkeyed-pool',
    shows: (witness) => anotherLane(witness) && !anotherSubscription(witness),
  },
  {
    cause: 'unawaited-handler',
    command: '--mode single --strategy unawaited-pool --handler-time 0-5ms',
    shows: (witness) => !anotherLane(witness) && !anotherSubscription(witness),
  },
  {
    cause: 'retry-at-tail',
    command: '--mode single --strategy retry-at-tail --handler-fail 2%',
    shows: (witness) => !anotherLane(witness) && witness.event.start!.attempt > 1,
  },
  {
    cause: 'aggregate-across-topics',
    command:
      '--mode multi/per-topic --topic-choice spread --order-scope aggregate --strategy pool-per-topic --workers 8 --handler-time 0-5ms --versions 50',
    shows: ({ event, otherEvent }) => event.store.topic !== otherEvent!.store.topic,
  },
  {
    cause: 'missing-key',
    command: '--broker sim:kafka --mode single --key none --aggregates 60 --versions 4',
    shows: ({ event, otherEvent }) => event.store.partition !== otherEvent!.store.partition,
  },
  {
    cause: 'concurrent-publishers',
    command: '--mode single --publishers-per-aggregate 2',
    shows: ({ event, otherEvent }) =>
      event.publisher !== otherEvent!.publisher && event.store.position! > otherEvent!.store.position!,
  },
  {
    cause: 'version-before-send',
    command: '--mode single --publish pool:4',
    shows: ({ event, otherEvent }) =>
      event.publisher === otherEvent!.publisher && event.store.position! > otherEvent!.store.position!,
  },
  {
    cause: 'publish-retry',
    command:
      '--broker sim:kafka --mode single --publishers-per-aggregate 2 --publish async:5 --rate 2000 --disturb refuse:300ms@30%',
    shows: ({ event, otherEvent }) =>
      event.publisher === otherEvent!.publisher && event.store.position! > otherEvent!.store.position!,
  },
  {
    cause: 'client-overtakes',
    command: '--broker sim:kafka --mode single --publish async:20 --produce-batch 2000 --send-order client',
    shows: ({ event, otherEvent }) =>
      event.publisher === otherEvent!.publisher && event.store.position! > otherEvent!.store.position!,
  },
  {
    cause: 'offset-replay',
    command: '--broker sim:kafka --mode single --handler-fail 2% --rate 500 --disturb join@50%',
    shows: (witness) => cameAgain('behind-failure')(witness),
  },
  {
    cause: 'reconnect-redelivery',
    command: '--broker sim:kafka --mode single --commit manual --disturb restart:500ms@50%',
    shows: (witness) => cameAgain('connection-lost')(witness),
  },
  {
    cause: 'rebalance-replay',
    command: '--broker sim:kafka --mode single --handler-fail 2% --rate 500 --disturb join@50%',
    shows: (witness) => cameAgain('rebalance')(witness) && witness.amid?.what === 'rebalance',
  },
  {
    cause: 'max-deliver-skip',
    command: '--mode single --versions 30 --handler-fail 10% --handler-failure throw --max-deliver 2 --ack-wait 500ms',
    shows: ({ event }) => event.deliver!.deliveryCount === 2 && event.state === 'failed' && event.answer === null,
  },
  {
    cause: 'commit-past-failure',
    command: '--broker sim:kafka --mode single --handler-fail 2% --handler-failure skip',
    shows: ({ event }) => event.state === 'failed' && event.answer === null,
  },
  {
    cause: 'ack-before-handling',
    command: '--mode single --ack on-delivery --handler-fail 2%',
    shows: ({ event: { answer, start, finish } }) =>
      answer?.kind === 'ack' && (start === null || answer.stamp < start.stamp || answer.stamp < finish!.stamp),
  },
];

const seeds = [1, 2, 3];

describe('the witnesses of a cause', () => {
  it.each(shown)('show its mechanism: $cause, $command', async ({ cause, command, shows }) => {
    for (const seed of seeds) {
      const why = `eventbus-bench run ${command} --seed ${String(seed)}`;
      const [row] = await simulate(flagsOf(command), seed);
      const witnesses = row!.causes.find(({ id }) => id === cause)?.witnesses ?? [];
      expect(witnesses.length, why).toBeGreaterThan(0);
      expect(witnesses.length, why).toBeLessThanOrEqual(3);
      expect(
        witnesses.filter((witness) => !shows(witness) || !isOfOneEvent(witness)),
        why,
      ).toEqual([]);
    }
  });
});

describe('the check of a trace', () => {
  let scratch: ScratchFile;
  beforeEach(() => {
    scratch = new ScratchFile();
  });
  afterEach(() => {
    scratch.remove();
  });

  it.each(shown)('gives the same witnesses as the run: $cause, $command', async ({ command }) => {
    const rows = await simulate(flagsOf(command), 1, scratch.path);
    const { runs } = await checkTrace(scratch.path);
    expect(runs.map(witnessesOf)).toEqual(rows.map(witnessesOf));
  });
});

function witnessesOf({ causes }: RunRow): unknown {
  return causes.map(({ id, witnesses }) => ({ id, witnesses }));
}
