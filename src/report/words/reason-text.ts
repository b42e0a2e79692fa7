/**
 * Puts a reason into words: a clause without a full stop, in the terms of docs/CHECKER.md. No code reads these words
 * back; decisions go by the reason's kind and numbers.
 */
import { formatMs as duration } from '../../domain/scenario/disturbance.js';
import type { LatentReason, Reason } from '../../domain/report/reason.js';
import { listed } from '../../text/lists.js';
import { formatCount, plural } from '../../text/numbers.js';
import { anomalyText } from './anomaly-text.js';

export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'anomaly':
      return anomalyText(reason.of, reason.numbers.count);
    case 'latent':
      return latentText(reason);
    case 'not-run':
      return `not run${detailed(reason.detail, ': ', '')}`;
    case 'interrupted':
      return 'the run was interrupted';
    case 'broker-lost':
      return 'the broker was lost in the middle of the run';
    case 'truncated':
      return `observations are missing${detailed(reason.detail, ': ', '')}`;
    case 'drain-incomplete':
      return `the drain is incomplete${detailed(reason.detail, ' (', ')')}${unseenText(reason.numbers.unseen)}`;
    case 'open-gaps':
      return `${plural(reason.numbers.gaps, 'event')} whose publishing was attempted never arrived, and handled events have passed ${reason.numbers.gaps === 1 ? 'it' : 'them'}`;
    case 'too-few-at-risk':
      return tooFewText(reason.numbers);
    case 'not-exercised':
      return notExercisedText(reason);
    case 'told':
      return reason.detail ?? 'a reason that the report does not tell';
  }
}

function latentText(reason: LatentReason): string {
  return `order held, but nothing guarantees it: ${lackOf(reason)}`;
}

function lackOf(reason: LatentReason): string {
  switch (reason.of) {
    case 'shared-source':
      return sharedSourceText(reason.numbers);
    case 'several-sources':
      return `order is promised across topics, and an aggregate's events come from ${plural(reason.numbers.sources, 'source')}, which nothing puts in order against each other`;
    case 'no-order-claimed':
      return 'the strategy claims no order';
    case 'not-survived':
      return notSurvivedText(reason.numbers);
    case 'several-publishers':
      return severalPublishersText(reason.numbers);
    case 'no-key':
      return `events carry no key of their aggregate, so only chance puts all of an aggregate's on one of a topic's ${plural(reason.numbers.partitions, 'partition')}`;
    case 'overflow':
      return `a full queue does not block the fetch loop (--overflow ${reason.detail ?? 'unknown'}), so what does not fit into it is handled out of turn`;
    case 'unsafe-publish':
      return unsafePublishText(reason.detail);
    case 'gives-up': {
      const { maxDeliver, mostDeliveries } = reason.numbers;
      return `the broker gives up on an event after ${plural(maxDeliver, 'delivery', 'deliveries')} (--max-deliver), and one needed ${formatCount(mostDeliveries)} of them, so an event that fails a little more often is lost`;
    }
    case 'crash-replay':
      return 'Kafka commits positions, so what was handled since the last commit is handled again after a crash of the service or of the broker, and duplicates are not allowed (--allow duplicate)';
    case 'near-timeout': {
      const { timeoutMs, longestMs, boundMs } = reason.numbers;
      return `the ${reason.detail ?? 'time-out'} is ${duration(timeoutMs)}, and what it waits for took up to ${rounded(longestMs)}; it has to be at least ${rounded(boundMs)} to rule out that it ends too early`;
    }
  }
}

function unsafePublishText(harm: string | null): string {
  const publish = 'a publish that is under way when the broker restarts or refuses it';
  switch (harm) {
    case 'lost':
      return `${publish} is lost, since the publisher waits for no acknowledgement (--acks none)`;
    case 'given up':
      return `${publish} is given up, since it is not tried again (--retries 0)`;
    case 'mixed up':
      return `${publish} is tried again, and an idempotent producer of kafkajs mixes it up with others unless it has one request in flight (--in-flight 1)`;
    default:
      return `${publish} is tried again and may be stored twice, since the producer is not idempotent`;
  }
}

type Numbers<Of extends LatentReason['of']> = Extract<LatentReason, { readonly of: Of }>['numbers'];

function sharedSourceText({ inFlightPairs, splitPairs, sharedAggregates }: Numbers<'shared-source'>): string {
  const taking = 'several subscriptions take from one queue';
  if (splitPairs > 0) {
    const were = splitPairs === 1 ? 'was' : 'were';
    return `${taking}, and ${formatCount(splitPairs)} of ${plural(inFlightPairs, 'pair')} in flight ${were} held by two of them at once, which nothing keeps in order`;
  }
  const none = `only by chance was none of ${plural(inFlightPairs, 'pair')} in flight held by two of them`;
  if (sharedAggregates === 0) return `${taking}, and ${none}`;
  const went = `events of ${plural(sharedAggregates, 'aggregate')} went to more than one of them`;
  return inFlightPairs === 0 ? `${taking}, and ${went}` : `${taking}, ${went}, and ${none}`;
}

const threats = {
  redelivery: ['redelivery', 'redeliveries'],
  crash: ['crash', 'crashes'],
  resize: ['change of the number of workers', 'changes of the number of workers'],
  rebalance: ['rebalance', 'rebalances'],
  partitions: ['change of partitions', 'changes of partitions'],
} as const satisfies Record<keyof Numbers<'not-survived'>, readonly [one: string, many: string]>;

function notSurvivedText(numbers: Numbers<'not-survived'>): string {
  const met = (Object.keys(threats) as (keyof typeof threats)[]).filter((threat) => numbers[threat] > 0);
  const clauses = met.map((threat) => plural(numbers[threat], threats[threat][0], threats[threat][1]));
  return `${listed(clauses, 'and')} came while pairs were at risk, and the strategy does not claim to keep order through ${met.length === 1 ? 'that' : 'those'}`;
}

function severalPublishersText({ acrossPublishers, withinPublisher }: Numbers<'several-publishers'>): string {
  const calls = (count: number): string => plural(count, 'publish call');
  const clauses = [
    ...(acrossPublishers > 0
      ? [`${calls(acrossPublishers)} began while another publisher had one of the same aggregate open`]
      : []),
    ...(withinPublisher > 0
      ? [
          `${calls(withinPublisher)} began before the previous one of the same aggregate was answered, over a client that can reorder them`,
        ]
      : []),
  ];
  if (clauses.length === 0)
    return 'several publishers share an aggregate, and by chance no two publish calls of one met';
  return clauses.join(', and ');
}

function tooFewText({
  atRiskPairs,
  wanted,
  contestedPairs,
  pairs,
}: Extract<Reason, { kind: 'too-few-at-risk' }>['numbers']): string {
  if (pairs === 0) return 'no aggregate has two consecutive events, so nothing could have gone wrong';
  const consecutive = `${plural(pairs, 'pair')} of consecutive events`;
  if (contestedPairs === 0) {
    return `no aggregate ever had two events under way at once (0 of ${consecutive}), so nothing could have gone wrong`;
  }
  const were = atRiskPairs === 1 ? 'was' : 'were';
  return `${formatCount(atRiskPairs)} of ${consecutive} ${were} at risk; a run needs at least ${formatCount(wanted)} to be called ordered`;
}

function notExercisedText({ of, numbers, detail }: Extract<Reason, { kind: 'not-exercised' }>): string {
  const { effects } = numbers;
  const meeting = 'none of them while a pair was at risk';
  if (of === 'handler-fail') {
    if (effects === 0) return `no handling failed, though some were asked to${detailed(detail, ' (', ')')}`;
    return `${plural(effects, 'handling')} failed as asked${detailed(detail, ' (', ')')}, ${meeting}`;
  }
  const asked = `the disturbance ${detail ?? of} had`;
  return effects === 0 ? `${asked} no effect that could be seen` : `${asked} ${plural(effects, 'effect')}, ${meeting}`;
}

function unseenText(unseen: number): string {
  if (unseen === 0) return '';
  return `: ${plural(unseen, 'acknowledged event')} ${unseen === 1 ? 'was' : 'were'} not handled`;
}

function detailed(detail: string | null, before: string, behind: string): string {
  return detail === null ? '' : `${before}${detail}${behind}`;
}

/** A measured time, rounded up to whole milliseconds. */
function rounded(ms: number): string {
  return duration(Math.ceil(ms));
}
