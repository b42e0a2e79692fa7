/** An event is not handled, and does not come again. */
import type { Chance } from '../../run/drawn-runs.js';
import type { Editor } from './editor.js';
import type { Passage } from './edited-history.js';
import { bothBrokers, kafkaOnly, type Injection } from './injection.js';

function lost(drop: (history: Editor, event: Passage) => void) {
  return (history: Editor, chance: Chance): void => drop(history, history.aPair(chance)[0]);
}

function fail({ attempt }: Passage): void {
  attempt.outcome = 'failed';
}

export const losses: readonly Injection[] = [
  {
    name: 'acknowledged, and never started',
    on: bothBrokers,
    inject: lost((history, { start, finish }) => history.remove(start, finish)),
    cause: 'ack-before-handling',
  },
  {
    name: 'acknowledged while it ran, and then failed',
    on: bothBrokers,
    inject: lost((history, event) => {
      fail(event);
      history.moveAfter(event.ack, event.start);
    }),
    cause: 'ack-before-handling',
  },
  {
    name: 'failed, and then acknowledged',
    on: bothBrokers,
    inject: lost((history, event) => {
      fail(event);
      history.moveAfter(event.ack, event.finish);
    }),
    cause: 'ack-without-success',
  },
  {
    name: 'failed, and never delivered again by a broker that gave it up',
    inject: lost((history, event) => {
      fail(event);
      history.remove(event.ack);
      history.giveUp();
    }),
    cause: 'max-deliver-skip',
  },
  {
    name: 'never started, and never delivered again by a broker that gave it up',
    inject: lost((history, { start, finish, ack }) => {
      history.remove(start, finish, ack);
      history.giveUp();
    }),
    cause: 'max-deliver-skip',
  },
  {
    name: 'failed, and never delivered again by a broker that gave nothing up',
    inject: lost((history, event) => {
      fail(event);
      history.remove(event.ack);
    }),
    cause: null,
  },
  {
    name: 'failed, and never delivered again by a broker that counts no deliveries',
    on: kafkaOnly,
    inject: lost((history, event) => {
      fail(event);
      history.remove(event.ack);
    }),
    cause: 'commit-past-failure',
  },
  {
    name: 'never started, and never delivered again by a broker that counts no deliveries',
    on: kafkaOnly,
    inject: lost((history, { start, finish, ack }) => history.remove(start, finish, ack)),
    cause: null,
  },
  {
    name: 'discarded by the bus, and acknowledged',
    on: bothBrokers,
    inject: lost((history, { deliver, delivery, submit, start, finish, event }) => {
      history.remove(submit, start, finish);
      const { aggregate, topic, version, place } = event;
      const where = { partition: place.partition, subscriptionIndex: delivery.subscription };
      history.note(deliver, 'discarded', {
        ...{ delivery: delivery.id, aggregate, topic, version, ...where, reason: 'handled' },
      });
    }),
    cause: null,
  },
  {
    name: 'stored, and never delivered',
    on: bothBrokers,
    inject: lost((history, { deliver, submit, start, finish, ack }) => {
      history.remove(deliver, submit, start, finish, ack);
    }),
    cause: null,
  },
  {
    name: 'taken for an earlier message, and never delivered',
    inject: lost((history, { event, deliver, submit, start, finish, ack }) => {
      history.publishOf(event)[1].duplicate = true;
      history.remove(deliver, submit, start, finish, ack);
    }),
    cause: 'dedupe-window',
  },
].map((one) => ({ ...one, counts: { lost: 1 } }));
