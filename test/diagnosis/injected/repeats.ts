/** An event is delivered again: what had become of its first delivery says why. */
import type { Chance } from '../../run/drawn-runs.js';
import { group, otherSubscription, type Editor } from './editor.js';
import type { Passage, Step } from './edited-history.js';
import { kafkaOnly, type Injection } from './injection.js';

/** What is handled again, at once. */
function handledAgain({ submit, start, finish, ack }: Passage): readonly Step[] {
  return [submit, start, finish, ack];
}

/** Delivered again at the anchor, and handled right after the first handling. */
function again(anchorOf: (first: Passage) => Step, change: (history: Editor, first: Passage, again: Passage) => void) {
  return (history: Editor, chance: Chance): void => {
    const [first] = history.aPair(chance);
    const repeated = history.again(first);
    history.insertAfter(first.finish, ...handledAgain(repeated));
    history.insertAfter(anchorOf(first), repeated.deliver);
    change(history, first, repeated);
  };
}

/** The first handling ends without effect, or there is none, and the event comes again behind the next one. */
function behindNext(change: (history: Editor, first: Passage, again: Passage) => void) {
  return (history: Editor, chance: Chance): void => {
    const [first, second] = history.aPair(chance);
    const repeated = history.again(first);
    history.insertAfter(second.ack, repeated.deliver, ...handledAgain(repeated));
    change(history, first, repeated);
  };
}

/** As at a time-out, though the handling goes on. */
function sentBackRunning(history: Editor, { start, ack }: Passage): void {
  ack.ack = 'nak';
  history.moveAfter(ack, start);
}

function neverStarted(history: Editor, { submit, start, finish, ack }: Passage): void {
  history.remove(submit, start, finish, ack);
}

/** Longer than anything in these histories. */
const ackWaitMs = 30_000;

const handledTwice: readonly Injection[] = [
  {
    name: 'delivered again while it waits for a handler',
    inject: again(
      ({ submit }) => submit,
      (history, _first, { deliver }) => history.delay(deliver, ackWaitMs),
    ),
    cause: 'prefetch-aging',
  },
  {
    name: 'delivered again while it runs, for longer than it had waited',
    inject: again(
      ({ start }) => start,
      (history, _first, { deliver }) => history.delay(deliver, ackWaitMs),
    ),
    cause: 'ack-wait-expiry',
  },
  {
    name: 'delivered again while it runs, after it had waited for longer than that',
    inject: again(
      ({ start }) => start,
      (history, first) => history.delay(first.start, ackWaitMs),
    ),
    cause: 'prefetch-aging',
  },
  {
    name: 'delivered again while it runs, of a queue whose backoff is shorter than its ack wait',
    inject: again(
      ({ start }) => start,
      (history, first, { deliver }) => {
        history.note(first.deliver, 'backoff', { queue: group, waitsMs: '1000', ackWaitMs: 2 * ackWaitMs });
        history.delay(deliver, ackWaitMs);
      },
    ),
    cause: 'backoff-overrides-ack-wait',
  },
  {
    name: 'delivered again while it runs, of a queue whose backoff is as long as its ack wait',
    inject: again(
      ({ start }) => start,
      (history, first, { deliver }) => {
        history.note(first.deliver, 'backoff', { queue: group, waitsMs: '30000', ackWaitMs });
        history.delay(deliver, ackWaitMs);
      },
    ),
    cause: 'ack-wait-expiry',
  },
  {
    name: 'sent back while it runs, and delivered again at once',
    inject: again(
      ({ start }) => start,
      (history, first) => sentBackRunning(history, first),
    ),
    cause: 'timeout-zombie',
  },
  {
    name: 'delivered again after it was handled and not acknowledged, though others were acknowledged',
    inject: again(
      ({ finish }) => finish,
      (history, first, { deliver }) => {
        history.remove(first.ack);
        history.delay(deliver, ackWaitMs);
      },
    ),
    cause: null,
  },
  {
    name: 'delivered again after it was handled, where nothing is ever acknowledged',
    inject: again(
      ({ finish }) => finish,
      (history, _first, { ack, deliver }) => {
        history.removeAcks();
        history.remove(ack);
        history.delay(deliver, ackWaitMs);
      },
    ),
    cause: 'missing-ack',
  },
  {
    name: 'delivered again after it was handled and acknowledged',
    inject: (history: Editor, chance: Chance): void => {
      const [first, second] = history.aPair(chance);
      const repeated = history.again(first);
      history.insertAfter(second.ack, repeated.deliver, ...handledAgain(repeated));
    },
    cause: null,
  },
].map((one) => ({ ...one, counts: { duplicates: 1 } }));

const ranOn: Injection = {
  name: 'sent back while it runs, which goes on beside the next one',
  inject: (history, chance) => {
    const [first, second] = history.aPair(chance);
    const repeated = history.again(first);
    sentBackRunning(history, first);
    history.insertAfter(second.ack, repeated.deliver, ...handledAgain(repeated));
    history.moveAfter(first.finish, second.finish);
  },
  counts: { overlaps: 1, completionInversions: 1, duplicates: 1 },
  origins: { finish: 1 },
  cause: 'timeout-zombie',
};

const failedFirst: readonly Injection[] = [
  {
    name: 'delivered again behind the next one, after it had failed and was sent back',
    inject: behindNext((_history, { attempt, ack }) => {
      attempt.outcome = 'failed';
      ack.ack = 'nak';
    }),
    counts: { completionInversions: 1 },
    origins: { deliver: 1 },
    cause: 'nak-behind-batch',
  },
  {
    name: 'delivered again behind the next one, after it had failed and nobody had answered',
    inject: behindNext((history, { attempt, ack }) => {
      attempt.outcome = 'failed';
      history.remove(ack);
    }),
    counts: { completionInversions: 1 },
    origins: { deliver: 1 },
    cause: 'failure-unanswered',
  },
  {
    name: 'delivered again before the next one, after it had failed and was sent back',
    inject: (history, chance) => {
      const [first] = history.aPair(chance);
      const repeated = history.again(first);
      first.attempt.outcome = 'failed';
      first.ack.ack = 'nak';
      history.moveAfter(first.ack, first.finish);
      history.insertAfter(first.ack, repeated.deliver, ...handledAgain(repeated));
    },
    counts: {},
    cause: null,
    latent: 'nak-behind-batch',
  },
];

const neverStartedFirst: readonly Injection[] = [
  {
    name: 'refused by a full inbox',
    inject: behindNext((history, first) => {
      neverStarted(history, first);
      history.release('rejected', first);
    }),
    cause: 'overflow-reject',
  },
  {
    name: 'given back',
    inject: behindNext((history, first) => {
      neverStarted(history, first);
      history.release('given-back', first);
    }),
    cause: 'give-back',
  },
  {
    name: 'sent back before it was started',
    inject: behindNext((history, first) => {
      neverStarted(history, first);
      first.ack.ack = 'nak';
      history.insertAfter(first.deliver, first.ack);
    }),
    cause: 'give-back',
  },
  {
    name: 'in the memory of a service that died',
    inject: behindNext((history, first) => {
      neverStarted(history, first);
      history.note(first.deliver, 'subscription-ended', { subscription: 'puller-0' });
      history.release('crashed', first);
    }),
    cause: 'crash-redelivery',
  },
  {
    name: 'never seen, and its connection made anew',
    inject: behindNext((history, first) => {
      neverStarted(history, first);
      history.note(first.deliver, 'reconnect', {});
      history.remove(first.deliver);
    }),
    cause: 'reconnect-redelivery',
  },
  {
    name: 'never seen',
    inject: behindNext((history, first) => {
      neverStarted(history, first);
      history.remove(first.deliver);
    }),
    cause: null,
  },
].map((one) => ({
  ...one,
  name: `delivered again behind the next one, after it was ${one.name}`,
  counts: { regressions: 1 },
  origins: { deliver: 1 },
}));

/** The group gives its partitions out anew, and the second member has the event's partition from then on. */
function rebalance(history: Editor, anchor: Step, repeated: Passage): void {
  const member = { subscription: 'puller-1', assigned: 'topic-0:0', members: 2 };
  repeated.delivery.subscription = otherSubscription;
  history.note(anchor, 'rebalance', { group, epoch: 2, ...member });
}

const rewound: readonly Injection[] = [
  {
    name: 'the same offset again, for no reason that was seen',
    inject: again(
      ({ finish }) => finish,
      () => undefined,
    ),
    cause: null,
  },
  {
    name: 'the same offset again at another member, after it was handled and partitions were given out anew',
    inject: again(
      ({ finish }) => finish,
      (history, first, repeated) => rebalance(history, first.finish, repeated),
    ),
    cause: 'rebalance-replay',
  },
  {
    name: 'the same offset again at another member, while the old one handles it',
    inject: again(
      ({ start }) => start,
      (history, first, repeated) => rebalance(history, first.start, repeated),
    ),
    cause: 'rebalance-overlap',
  },
  {
    name: 'the same offset again, after a handling of its partition had failed and was sent back',
    inject: (history: Editor, chance: Chance): void => {
      const [first, second] = history.aPair(chance);
      const [firstAgain, secondAgain] = [history.again(first), history.again(second)];
      second.attempt.outcome = 'failed';
      second.ack.ack = 'nak';
      history.moveAfter(second.ack, second.finish);
      const replayed = [firstAgain, secondAgain].flatMap((one) => [one.deliver, ...handledAgain(one)]);
      history.insertAfter(second.ack, ...replayed);
    },
    cause: 'offset-replay',
  },
].map((one) => ({ ...one, on: kafkaOnly, counts: { duplicates: 1 } }));

export const repeats: readonly Injection[] = [...handledTwice, ranOn, ...failedFirst, ...neverStartedFirst, ...rewound];
