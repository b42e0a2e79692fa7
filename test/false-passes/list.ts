/**
 * Commands that passed at commit 6614099, with exit 0 under `--max-violations 0`, though the bus is broken or nothing was
 * shown; and commands that were wrongly accused there. Each with the words of why, and what it must come to now: on the
 * simulator one verdict, which the seed decides; on servers any of those that the mechanism allows.
 */
import type { BrokerKind } from '../../src/domain/broker/registry.js';
import type { Outcome } from '../../src/domain/scenario/scenario.js';

/** What every row of a run must come to. */
export interface ExpectedVerdict {
  readonly outcome: Outcome;
  readonly exitCode: 0 | 1 | 2;
  /** Among the reasons of every row, as `kind` or `kind/of`. */
  readonly reasons: readonly string[];
}

export interface ListedRun {
  /** Arguments of `run`, without the broker and the gate. */
  readonly args: string;
  readonly why: string;
  readonly on: Partial<Record<BrokerKind, readonly ExpectedVerdict[]>>;
  /** Must be among the reasons of no row, as `kind` or `kind/of`. */
  readonly not?: readonly string[];
}

const ordered: ExpectedVerdict = { outcome: 'ordered', exitCode: 0, reasons: [] };
const violated = (...kinds: string[]): ExpectedVerdict => ({
  ...{ outcome: 'violated', exitCode: 1 },
  reasons: kinds.length === 0 ? ['anomaly'] : kinds.map((kind) => `anomaly/${kind}`),
});
const inconclusive = (...reasons: string[]): ExpectedVerdict => ({ outcome: 'inconclusive', exitCode: 2, reasons });

const shared = inconclusive('latent/shared-source');
const unordered = inconclusive('latent/no-order-claimed');
const severalPublishers = inconclusive('latent/several-publishers');
const unsafePublish = inconclusive('latent/unsafe-publish');
const givesUp = inconclusive('latent/gives-up');
const notResized = inconclusive('not-exercised/workers');
const notFailed = inconclusive('not-exercised/handler-fail');
const notSurvived = inconclusive('latent/not-survived');

export const falsePasses: readonly ListedRun[] = [
  {
    args: '--mode single --strategy partition-serial --aggregates 20 --versions 20 --disturb crash:300ms@50%',
    why: 'Kafka commits positions: what was handled since the last commit is handled again after a crash. In 248 of 300 runs all had just been committed.',
    on: { 'sim:kafka': [inconclusive('latent/crash-replay')] },
  },
  {
    args: '--mode single --topics 1 --aggregates 20 --versions 20 --publish async:5 --rate 2000 --idempotent --in-flight 5 --disturb restart:20ms@50% --seed 55',
    why: 'An idempotent producer of kafkajs takes back the sequence numbers of a request that failed, and requests behind it go first. With other seeds it does so just then.',
    on: { 'sim:kafka': [unsafePublish] },
  },
  {
    args: '--mode single --handler-time pareto:1ms:1.01 --seed 42',
    why: 'One of 5,000 handlings with so heavy a tail may take longer than the ack wait of 30 s, and a run that drew none so long says nothing of the next.',
    on: { 'sim:jetstream': [inconclusive('latent/near-timeout')] },
  },
  {
    args: '--mode single --strategy version-gate --topics 1 --aggregates 10 --versions 20 --gap-policy skip --gap-timeout 31s --backoff 2s,60s --max-deliver 4 --handler-fail 5% --handler-failure throw --min-at-risk 1 --drain-timeout 30m --allow duplicate --seed 43',
    why: 'An event that fails twice comes back after the gap that it left was skipped, and is dropped. That none failed twice is chance.',
    on: { 'sim:jetstream': [notSurvived] },
  },
  {
    args: '--mode single --strategy partition-serial --members 2 --disturb stall:3s@50% --session-timeout 2s --heartbeat-interval 200ms --handler-time 5ms --rate 400 --aggregates 20 --versions 40 --allow duplicate --seed 2',
    why: 'A member that stands still for longer than its session lives on, and handles what it has in hand, while another handles the same partition. That it had nothing in hand just then is chance.',
    on: { 'sim:kafka': [inconclusive('latent/near-timeout')] },
  },
  {
    args: '--mode single --strategy max-ack-pending-1 --max-deliver 2 --ack-wait 5s --handler-fail 1% --versions 20',
    why: 'The broker gives up on an event that fails twice, and it is lost. In 18 of 20 runs none happened to fail twice.',
    on: { 'sim:jetstream': [givesUp], nats: [givesUp, violated('loss')] },
  },
  {
    args: '--mode single --strategy version-gate --gap-policy skip --max-deliver 2 --ack-wait 5s --handler-fail 1% --seed 1',
    why: 'As above, where the gate passes over the gap that a lost event leaves.',
    on: { 'sim:jetstream': [givesUp], nats: [givesUp, violated()] },
  },
  {
    args: '--mode single --acks none --disturb restart:500ms@50%',
    why: 'The publisher waits for no acknowledgement, so what it sends while the broker restarts is lost. In three of ten runs it sent nothing just then.',
    on: { 'sim:kafka': [violated('loss')], kafka: [violated('loss'), unsafePublish] },
  },
  {
    args: '--mode single --acks none --disturb restart:500ms@50% --seed 2',
    why: 'As above, with a seed that has such luck.',
    on: { 'sim:kafka': [unsafePublish] },
  },
  {
    args: '--mode single --disturb restart:500ms@50%',
    why: 'What the broker stored but could not acknowledge is sent again, and stored twice by a producer that is not idempotent. In nine of ten runs nothing was under way just then.',
    on: { 'sim:kafka': [unsafePublish], kafka: [unsafePublish, violated()] },
  },
  {
    args: '--mode multi/per-topic --topic-choice spread --order-scope aggregate --aggregates 5000 --versions 3',
    why: 'Order is promised across topics, and each topic has a durable of its own: nothing orders one against another. The load is too light to show it.',
    on: {
      'sim:jetstream': [inconclusive('latent/several-sources')],
      nats: [inconclusive('latent/several-sources'), violated()],
    },
  },
  {
    args: '--mode single --overflow inline',
    why: 'A full queue makes the fetch loop handle an event on the spot, before those that are queued. That it never got full is chance.',
    on: {
      'sim:jetstream': [inconclusive('latent/overflow')],
      nats: [inconclusive('latent/overflow'), violated()],
    },
  },
  {
    args: '--mode single --members 2 --aggregates 5000 --versions 3',
    why: 'Two replicas take from one durable, each with lanes of its own. With three versions spread over 5,000 aggregates neither ever holds an event beside the other.',
    on: { 'sim:jetstream': [shared], nats: [shared, violated()] },
  },
  {
    args: '--mode multi/per-topic --members 2 --aggregates 200 --versions 4 --max-ack-pending 2',
    why: 'Each durable lets out two events at a time, to either of two replicas. That no two were of one aggregate is chance.',
    on: { 'sim:jetstream': [shared], nats: [shared, violated()] },
  },
  {
    args: '--mode single --members 2 --strategy version-gate --gap-policy skip --gap-timeout 31s --topics 1 --aggregates 10 --versions 20',
    why: 'A gate that skips a version which another replica has in hand for long lets later ones pass it. That none had it in hand for so long is chance.',
    on: { 'sim:jetstream': [shared], nats: [shared] },
  },
  {
    args: '--mode multi/shared --aggregates 5000 --versions 3',
    why: 'Five subscriptions take from one durable. With three versions spread over 5,000 aggregates the bus never holds two events of one, so nothing could go wrong.',
    on: { 'sim:jetstream': [shared], nats: [shared, violated()] },
  },
  {
    args: '--mode multi/shared --aggregates 200 --versions 100 --max-ack-pending 2',
    why: 'The durable lets out two events at a time, to any of five subscriptions. That no two were of one aggregate is chance; "0 of 19,796 contested pairs" counted the load, not what the bus held.',
    on: { 'sim:jetstream': [shared], nats: [shared, violated()] },
  },
  {
    args: '--mode multi/shared --aggregates 200 --versions 4 --max-ack-pending 2',
    why: 'As above, with fewer events.',
    on: { 'sim:jetstream': [shared], nats: [shared, violated()] },
  },
  {
    args: '--mode single --strategy unkeyed-pool --handler-time 0',
    why: 'A pool without keys gives an aggregate to any free worker. Handlers without any duration end before the next event comes, and hide it.',
    on: { 'sim:jetstream': [unordered], nats: [unordered, violated()], kafka: [unordered, violated()] },
  },
  {
    args: '--mode single --strategy unkeyed-pool --handler-time 0 --until-contested 10000',
    why: 'As above; more runs of the same kind add pairs that are pressed by the workload, and none that the pool could mix up.',
    on: { 'sim:jetstream': [unordered], nats: [unordered, violated()] },
  },
  {
    args: '--mode single --publish async:5 --send-order client --topics 1 --aggregates 20 --versions 30',
    why: 'kafkajs writes requests that are handed in at once in an order of its own. That all events of a moment fit into one is chance.',
    on: {
      'sim:kafka': [inconclusive('latent/several-publishers')],
      kafka: [inconclusive('latent/several-publishers'), violated()],
    },
  },
  {
    args: '--mode single --strategy retry-at-tail',
    why: 'Lanes that put a failed event at their end keep order while no handling fails, and only then.',
    on: { 'sim:jetstream': [unordered], nats: [unordered], 'sim:kafka': [unordered], kafka: [unordered] },
  },
  {
    args: '--mode single --strategy unawaited-pool --handler-time 0',
    why: 'Lanes that do not await their handlers start the next event of an aggregate while one runs. Handlers without any duration end before the next event comes, and hide it.',
    on: {
      'sim:jetstream': [unordered],
      nats: [unordered, violated()],
      'sim:kafka': [unordered],
      kafka: [unordered, violated()],
    },
  },
  {
    args: '--mode single --key none --topics 1 --aggregates 30 --versions 20',
    why: 'Events without a key go to any partition. A round robin of our own put every version of an aggregate into the same one, because the number of partitions divides that of the aggregates.',
    on: {
      'sim:kafka': [violated('split-key', 'regression')],
      kafka: [violated('split-key'), inconclusive('latent/no-key')],
    },
  },
  {
    args: '--mode single --key none --topics 1 --aggregates 60 --versions 40',
    why: 'As above, with other numbers that divide.',
    on: {
      'sim:kafka': [violated('split-key', 'regression')],
      kafka: [violated('split-key'), inconclusive('latent/no-key')],
    },
  },
  {
    args: '--mode single --disturb partitions:6@30%',
    why: 'Partitions are added so late that no event is stored in one of them. What was asked for had no effect, so the run says nothing about it.',
    on: {
      'sim:kafka': [inconclusive('not-exercised/partitions')],
      kafka: [inconclusive('not-exercised/partitions'), inconclusive('latent/not-survived'), violated()],
    },
  },
  {
    args: '--versions 40 --publish serial --retries 0 --rate 1000 --disturb refuse:300ms@30%',
    why: 'Publishes are refused and not tried again, and events behind them are handled: hundreds of gaps stay open in what was called ordered.',
    // A real broker may have stored what it then refused, and a publisher that is late sends its last events into the
    // refusal: no gap stays open then, and what is never tried again guarantees nothing still.
    on: { 'sim:kafka': [inconclusive('open-gaps')], kafka: [unsafePublish, violated()] },
  },
  {
    args: '--mode single --ack-wait 100ms',
    why: 'A real server delivers hundreds of events twice, since under load they wait for longer than 100 ms; the latencies of the simulator do not grow with the load, so there nothing comes late.',
    on: {
      'sim:jetstream': [inconclusive('latent/near-timeout')],
      nats: [violated('duplicate'), inconclusive('latent/near-timeout')],
    },
  },
  {
    args: '--mode single --publishers-per-aggregate 2 --topics 1 --aggregates 4 --versions 3 --seed 1',
    why: 'Two publishers of one aggregate may be stored in any order. With twelve events in all it happened to be the right one.',
    on: { 'sim:jetstream': [severalPublishers], nats: [severalPublishers, violated()] },
  },
  {
    args: '--mode single --disturb workers:5@50% --aggregates 10 --versions 10 --seed 29',
    why: 'Another number of lanes sends an aggregate to another lane while the old one still has an event of it. Here that event was done first, by chance.',
    on: { 'sim:jetstream': [notSurvived], nats: [notSurvived, notResized, violated()] },
  },
  {
    args: '--mode single --disturb workers:5@50% --aggregates 10 --versions 10 --seed 4',
    why: 'As above, but at that moment no aggregate had two events in the bus: the run does not say how it takes a resize.',
    on: { 'sim:jetstream': [notResized] },
  },
  {
    args: '--mode single --handler-fail 1% --allow duplicate --aggregates 10 --versions 10 --seed 2',
    why: 'A keyed pool lets later events pass while a failed one is sent back. In a hundred events with one failure in a hundred, no failure met a pair of events.',
    on: { 'sim:jetstream': [notFailed], nats: [notFailed, notSurvived, violated('completion-inversion'), violated()] },
  },
  {
    args: '--mode single --handler-fail 1% --allow duplicate',
    why: 'As above, with enough events for it to be seen.',
    on: { 'sim:jetstream': [violated('completion-inversion')], nats: [violated('completion-inversion'), violated()] },
  },
];

/** Sound buses that were called violated, or accused of what they do not do. */
export const falseAlarms: readonly ListedRun[] = [
  {
    args: '--mode single --idempotent --in-flight 1 --disturb restart:500ms@50%',
    why: 'What is sent again is stored once, in order: a restart of the broker breaks nothing of this bus.',
    on: { 'sim:kafka': [ordered], kafka: [ordered] },
    not: ['latent/unsafe-publish'],
  },
  {
    args: '--mode single --disturb crash:300ms@98% --allow duplicate --aggregates 10 --versions 10 --seed 2',
    why: 'A dead service and its successor are not several subscriptions on one durable. What this run has not shown is that order survives the crash.',
    on: { 'sim:jetstream': [notSurvived] },
    not: ['latent/shared-source'],
  },
  {
    args: '--mode single,multi/per-topic --disturb crash:300ms@98% --allow duplicate --ack-wait 2s --handler-time 5ms --workers 8',
    why: 'As above, in other rows; that order was lost, if it was, has nothing to do with sharing.',
    on: {
      'sim:jetstream': [violated('regression')],
      nats: [violated(), notSurvived, inconclusive('not-exercised/crash')],
    },
    not: ['latent/shared-source'],
  },
  {
    args: '--mode single,multi/shared --strategy max-ack-pending-1 --versions 20 --disturb crash:300ms@50%',
    why: 'The event that the crash cut off comes again, and nothing behind it was let out meanwhile. A further handling of what had no effect is no duplicate that decides.',
    on: { 'sim:jetstream': [ordered] },
  },
  {
    args: '--mode single,multi/shared --strategy max-ack-pending-1 --aggregates 20 --versions 10 --handler-time 20ms --ack-wait 2s --disturb crash:300ms@50%',
    why: 'As above, with handlers slow enough for the crash to meet one of them.',
    on: { nats: [ordered, inconclusive('not-exercised/crash')] },
    not: ['latent/shared-source', 'latent/not-survived'],
  },
  {
    args: '--mode single,multi/shared --strategy max-ack-pending-1 --versions 20 --handler-fail 5%',
    why: 'A failed event comes again before anything behind it is let out: none of its handlings had an effect but the last.',
    on: { 'sim:jetstream': [ordered], nats: [ordered] },
  },
  {
    args: '--strategy multi/shared+version-gate',
    why: 'The gate puts the events of a shared durable in order by their versions. That is its work, not luck.',
    on: { 'sim:jetstream': [ordered], nats: [ordered] },
  },
];
