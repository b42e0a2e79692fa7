/** What is wrong in the log already, or with what is published. */
import type { Chance } from '../../run/drawn-runs.js';
import type { Editor } from './editor.js';
import type { Passage } from './edited-history.js';
import { bothBrokers, kafkaOnly, type Injection } from './injection.js';

type Pair = readonly [Passage, Passage];
type Change = (history: Editor, pair: Pair) => void;
const nothing: Change = () => undefined;

/** The positions of two events are swapped, and they are read in log order or in version order. */
function stored(read: 'in log order' | 'in version order', change: Change = nothing) {
  return (history: Editor, chance: Chance): void => {
    const [first, second] = history.aPair(chance);
    [first.event.place.position, second.event.place.position] = [
      second.event.place.position,
      first.event.place.position,
    ];
    change(history, [first, second]);
    if (read === 'in log order') history.exchange([first, second], 'deliver');
  };
}

const twoPublishers: Change = (_history, [, second]) => {
  second.event.publisher++;
};

const sentAgain: Change = (history, [first]) => {
  history.note(history.publishOf(first.event)[1], 'fault', { what: 'produce-retry', publisher: 0 });
};

const callsOverlap: Change = (history, [first, second]) => {
  history.moveAfter(history.publishOf(first.event)[1], history.publishOf(second.event)[0]);
};

const publishedLater: Change = (history, [first, second]) => {
  const [call, result] = history.publishOf(first.event);
  history.moveAfter(call, history.publishOf(second.event)[1]);
  history.moveAfter(result, call);
};

const positions: readonly Injection[] = [
  {
    name: 'two positions swapped, read in version order',
    on: bothBrokers,
    inject: stored('in version order'),
    counts: { storeInversions: 1 },
    cause: null,
  },
  ...[
    { name: '', change: nothing, cause: null },
    { name: ' of two publishers', change: twoPublishers, cause: 'concurrent-publishers' },
    { name: ' behind a publish that was sent again', change: sentAgain, cause: 'publish-retry' },
    { name: ' of one publisher whose calls overlap', change: callsOverlap, cause: 'client-overtakes' },
  ].map(({ name, change, cause }): Injection => ({
    name: `two positions${name} swapped, read in log order`,
    on: bothBrokers,
    inject: stored('in log order', change),
    counts: { storeInversions: 1, regressions: 1 },
    origins: { store: 1 },
    cause,
  })),
  {
    name: 'two publish calls of one publisher in the wrong order',
    on: bothBrokers,
    inject: stored('in log order', publishedLater),
    counts: { storeInversions: 1, regressions: 1 },
    origins: { publish: 1 },
    cause: null,
  },
  {
    name: 'two publish calls of two publishers in the wrong order',
    on: bothBrokers,
    inject: stored('in log order', (history, pair) => {
      twoPublishers(history, pair);
      publishedLater(history, pair);
    }),
    counts: { storeInversions: 1, regressions: 1 },
    origins: { publish: 1 },
    cause: 'concurrent-publishers',
  },
];

/** A second message of the event, which is delivered and handled as well. */
function storedTwice(history: Editor, chance: Chance): Passage {
  const [first, second] = history.aPair(chance);
  const { deliveryCount } = first.delivery;
  const copy = history.again(first, {
    place: { ...first.event.place, position: history.nextPosition },
    deliveryCount,
  });
  history.insertAfter(second.ack, copy.deliver, copy.submit, copy.start, copy.finish, copy.ack);
  return first;
}

const copies: readonly Injection[] = [
  {
    name: 'one event stored twice',
    on: bothBrokers,
    inject: (history, chance) => void storedTwice(history, chance),
    counts: { duplicates: 1 },
    cause: null,
  },
  {
    name: 'one event stored twice, since its publish was sent again',
    on: bothBrokers,
    inject: (history, chance) => {
      const { event } = storedTwice(history, chance);
      history.note(history.publishOf(event)[0], 'fault', { what: 'produce-retry', publisher: 0 });
    },
    counts: { duplicates: 1 },
    cause: 'publish-retry-duplicate',
  },
  {
    name: 'a version that nobody published',
    on: bothBrokers,
    inject: (history, chance) => {
      const own = history.anAggregate(chance);
      const last = own.at(-1)!;
      const place = { ...last.event.place, position: history.nextPosition };
      const phantom = history.passageOf({ ...last.event, version: last.event.version + 1, place }, last);
      history.insertAfter(last.ack, phantom.deliver, phantom.submit, phantom.start, phantom.finish, phantom.ack);
    },
    counts: { phantoms: 1 },
    cause: null,
  },
];

/** Some events of an aggregate lie in another partition, behind all that is there. */
function moved(
  which: (at: number, all: number) => boolean,
  change: (history: Editor, moved: Passage[]) => void = () => undefined,
) {
  return (history: Editor, chance: Chance): void => {
    const own = history.anAggregate(chance);
    const elsewhere = own.filter((_, at) => which(at, own.length));
    const behind = history.nextPosition;
    for (const [at, { event }] of elsewhere.entries()) {
      event.place.partition++;
      event.place.position = behind + at;
    }
    change(history, elsewhere);
  };
}

const isInMiddle = (at: number, all: number): boolean => at === Math.floor(all / 2);
const isInSecondHalf = (at: number, all: number): boolean => at >= all / 2;

const partitions: readonly Injection[] = [
  {
    name: 'one event of an aggregate in another partition, and the next one back in the first',
    inject: moved(isInMiddle),
    cause: 'missing-key',
  },
  {
    name: 'an aggregate that moves to another partition once',
    inject: moved(isInSecondHalf),
    // Too few versions to tell whether events have a key: possible only.
    cause: 'missing-key',
  },
  {
    name: 'an aggregate that moves to another partition once, after partitions were added',
    inject: moved(isInSecondHalf, (history, [first]) => {
      history.note(history.publishOf(first!.event)[0], 'disturbance', { what: 'partitions' });
    }),
    cause: 'partition-expansion',
  },
  {
    name: 'an aggregate of two publishers, each of which keeps to a partition',
    inject: moved(
      (at) => at % 2 === 0,
      (_history, passages) => {
        for (const { event } of passages) event.publisher++;
      },
    ),
    cause: 'partitioner-mismatch',
  },
].map((one) => ({ ...one, on: kafkaOnly, counts: { splitKeys: 1 } }));

const apart: Injection = {
  name: 'one event of an aggregate in another partition, read behind the next one',
  on: kafkaOnly,
  inject: (history, chance) => {
    const [first, second] = history.aPair(chance);
    first.event.place.partition++;
    first.event.place.position = history.nextPosition;
    history.exchange([first, second], 'deliver');
  },
  counts: { splitKeys: 1, regressions: 1 },
  origins: { store: 1 },
  cause: 'missing-key',
};

export const inTheLog: readonly Injection[] = [...positions, ...copies, ...partitions, apart];
