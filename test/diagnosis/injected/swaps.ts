/** Two events of an aggregate change places at one stage, and keep them at all that follow. */
import type { Chance } from '../../run/drawn-runs.js';
import { group, otherSubscription, type Editor, type PassedStage } from './editor.js';
import type { Passage } from './edited-history.js';
import { bothBrokers, kafkaOnly, type Injection } from './injection.js';

type Pair = readonly [Passage, Passage];

/** Swaps a pair from the stage on, after it has been changed. */
function swapped(stage: PassedStage, change: (pair: Pair, history: Editor) => void = () => undefined) {
  return (history: Editor, chance: Chance): void => {
    const pair = history.aPair(chance);
    if (stage === 'submit') history.gather(pair, 'deliver');
    if (stage === 'start') history.gather(pair, 'submit');
    change(pair, history);
    history.exchange(pair, stage);
  };
}

function fetchedByTwo(owned: boolean) {
  return ([, { delivery }]: Pair): void => {
    delivery.subscription = otherSubscription;
    delivery.owned = owned;
  };
}

function inLane(laneOf: (lane: number) => number) {
  return ([, { attempt }]: Pair): void => {
    attempt.lane = laneOf(attempt.lane);
  };
}

const nextLane = inLane((lane) => lane + 1);
const outside = inLane(() => -1);

const atDeliver: readonly Injection[] = [
  {
    name: 'two deliveries to one subscription',
    on: bothBrokers,
    inject: swapped('deliver'),
    counts: { regressions: 1 },
    origins: { deliver: 1 },
    cause: null,
  },
  {
    name: 'two deliveries to two subscriptions, one of which does not own the topic',
    inject: swapped('deliver', fetchedByTwo(false)),
    counts: { regressions: 1 },
    origins: { deliver: 1 },
    cause: 'shared-durable',
  },
  {
    name: 'two deliveries to two subscriptions that own the topic',
    inject: swapped('deliver', fetchedByTwo(true)),
    counts: { regressions: 1 },
    origins: { deliver: 1 },
    cause: 'competing-pullers',
  },
  {
    name: 'two deliveries to two members, though no partition changed hands',
    on: kafkaOnly,
    inject: swapped('deliver', fetchedByTwo(true)),
    counts: { regressions: 1 },
    origins: { deliver: 1 },
    cause: null,
  },
  {
    name: 'two deliveries to two members, between which partitions were given out anew',
    on: kafkaOnly,
    inject: swapped('deliver', (pair, history) => {
      fetchedByTwo(true)(pair);
      const member = { subscription: 'puller-1', assigned: 'topic-0:0', members: 2 };
      history.note(pair[0].deliver, 'rebalance', { group, epoch: 2, ...member });
    }),
    counts: { regressions: 1 },
    origins: { deliver: 1 },
    cause: 'rebalance-overlap',
  },
];

const atSubmit: readonly Injection[] = [
  {
    name: 'two submits of one subscription',
    on: bothBrokers,
    inject: swapped('submit'),
    counts: { regressions: 1 },
    origins: { submit: 1 },
    cause: null,
  },
  {
    name: 'two submits of two subscriptions, one of which does not own the topic',
    inject: swapped('submit', fetchedByTwo(false)),
    counts: { regressions: 1 },
    origins: { submit: 1 },
    cause: 'shared-durable',
  },
  {
    name: 'two submits of two subscriptions that own the topic',
    inject: swapped('submit', fetchedByTwo(true)),
    counts: { regressions: 1 },
    origins: { submit: 1 },
    cause: 'competing-pullers',
  },
];

const atStart: readonly Injection[] = [
  {
    name: 'two starts in one lane',
    on: bothBrokers,
    inject: swapped('start'),
    counts: { regressions: 1 },
    origins: { start: 1 },
    cause: null,
  },
  {
    name: 'two starts in different lanes',
    on: bothBrokers,
    inject: swapped('start', nextLane),
    counts: { regressions: 1 },
    origins: { start: 1 },
    cause: 'unkeyed-pool',
  },
  {
    name: 'two starts in different lanes, whose number changed before',
    on: bothBrokers,
    inject: swapped('start', (pair, history) => {
      nextLane(pair);
      history.note(pair[0].submit, 'resized', { bus: 0, from: 4, to: 5 });
    }),
    counts: { regressions: 1 },
    origins: { start: 1 },
    cause: 'pool-resize',
  },
  {
    name: 'two starts in different lanes, whose number changes only behind them',
    on: bothBrokers,
    inject: swapped('start', (pair, history) => {
      nextLane(pair);
      history.note(pair[1].start, 'resized', { bus: 0, from: 4, to: 5 });
    }),
    counts: { regressions: 1 },
    origins: { start: 1 },
    cause: 'unkeyed-pool',
  },
  {
    name: 'two starts, one of them outside the lanes',
    on: bothBrokers,
    inject: swapped('start', outside),
    counts: { regressions: 1 },
    origins: { start: 1 },
    cause: 'overflow-fallback',
  },
];

/** The second one is started while the first one runs. */
function overlapping(isSwapped: boolean, change: (pair: Pair) => void = () => undefined) {
  return (history: Editor, chance: Chance): void => {
    const pair = history.aPair(chance);
    const [first, second] = pair;
    history.gather(pair, 'submit');
    history.moveAfter(second.start, first.start);
    change(pair);
    if (isSwapped) history.exchange(pair, 'finish');
  };
}

const handlings: readonly Injection[] = [
  { name: 'in one lane', change: undefined, cause: 'unawaited-handler' },
  { name: 'in different lanes', change: nextLane, cause: 'unkeyed-pool' },
  { name: 'one of them outside the lanes', change: outside, cause: 'overflow-fallback' },
  { name: 'of two subscriptions that own the topic', change: fetchedByTwo(true), cause: 'competing-pullers' },
  { name: 'of two subscriptions, one of which does not', change: fetchedByTwo(false), cause: 'shared-durable' },
].flatMap(({ name, change, cause }): Injection[] => [
  { name: `two handlings at once, ${name}`, inject: overlapping(false, change), counts: { overlaps: 1 }, cause },
  {
    name: `two handlings at once, ${name}, and their finishes swapped`,
    inject: overlapping(true, change),
    counts: { overlaps: 1, completionInversions: 1 },
    origins: { finish: 1 },
    cause,
  },
]);

/** The first one fails, and is tried again at the same delivery behind the second one. */
function retriedBehind(history: Editor, chance: Chance, laneOf: (lane: number) => number): void {
  const [first, second] = history.aPair(chance);
  const { attempt, delivery } = first;
  const next = { ...attempt, number: 2, lane: laneOf(attempt.lane) };
  attempt.outcome = 'retried';
  history.remove(first.ack);
  history.insertAfter(
    second.finish,
    { kind: 'start', attempt: next },
    { kind: 'finish', attempt: next },
    { kind: 'ack', delivery, ack: 'ack' },
  );
}

const retries: readonly Injection[] = [
  {
    name: 'a failed handling tried again behind the next event of its lane',
    inject: (history, chance) => retriedBehind(history, chance, (lane) => lane),
    counts: { completionInversions: 1 },
    origins: { finish: 1 },
    cause: 'retry-at-tail',
  },
  {
    name: 'a failed handling tried again in another lane, behind the next event',
    inject: (history, chance) => retriedBehind(history, chance, (lane) => lane + 1),
    counts: { completionInversions: 1 },
    origins: { finish: 1 },
    cause: null,
  },
];

export const swaps: readonly Injection[] = [...atDeliver, ...atSubmit, ...atStart, ...handlings, ...retries];
