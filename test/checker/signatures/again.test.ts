/** Why an event came again is told by what had become of its last delivery, and whether its service still lives. */
import { describe, expect, it } from 'vitest';
import type { Again } from '../../../src/domain/report/anomaly-signature.js';
import { History } from '../support/history.js';

/** Whether, and why, one of two events that were handled at once came again. */
function againOfOverlaps(history: History): (Again | null)[] {
  return history
    .verdict()
    .signatures.flatMap(({ signature }) => (signature.kind === 'overlaps' ? [signature.again] : []));
}

/** Why the duplicates of a history came again. */
function againOfDuplicates(history: History): (Again | null)[] {
  return history
    .verdict()
    .signatures.flatMap(({ signature }) => (signature.kind === 'duplicates' ? [signature.again] : []));
}

function handledAndAcked(history: History, version: number, fields: Parameters<History['deliver']>[1] = {}): void {
  const delivery = history.deliver(version, fields);
  history.finish(history.start(history.submit(delivery)));
  history.ack(delivery);
}

describe('an event that had been handled and acknowledged, and comes again,', () => {
  it('came again because of the crash if it had been handled before a service died: its ack died with it', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    handledAndAcked(history, 1);
    history.ended(0);
    history.handle(1, { deliveryCount: 2, subscription: 1 });
    expect(againOfDuplicates(history)).toEqual(['crash']);
  });

  it('was sent again before its ack came if it was handled after the death, or if none died', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    handledAndAcked(history, 1);
    history.handle(1, { deliveryCount: 2 });
    expect(againOfDuplicates(history)).toEqual(['acked']);
    const later = new History();
    later.publishAcked([1, 2]);
    handledAndAcked(later, 1);
    later.ended(1);
    handledAndAcked(later, 2);
    later.handle(2, { deliveryCount: 2 });
    expect(againOfDuplicates(later)).toEqual(['acked']);
  });

  it('was sent again before its ack came if it was in hand at the death and handled after it', () => {
    const history = new History();
    history.publishAcked([1]);
    const inHand = history.submit(history.deliver(1));
    history.ended(1);
    history.finish(history.start(inHand));
    history.ack(inHand);
    history.handle(1, { deliveryCount: 2 });
    expect(againOfDuplicates(history)).toEqual(['acked']);
  });
});

describe('an event that comes again from its place in a log that counts no deliveries', () => {
  /** Version 1 is handled, version 2 fails and is answered so, and both come again. */
  function afterFailure(answer: 'ack' | 'nak' | null, isAcked = true): (Again | null)[] {
    const history = new History();
    const place = { deliveryCount: null, partition: 0 };
    history.publishAcked([1, 2]);
    const first = history.deliver(1, { ...place, position: 1 });
    history.finish(history.start(history.submit(first)));
    if (isAcked) history.ack(first);
    const second = history.deliver(2, { ...place, position: 2 });
    history.finish(history.start(history.submit(second)), 'failed');
    if (answer !== null) history.ack(second, answer);
    history.handle(1, { ...place, position: 1 });
    return againOfDuplicates(history);
  }

  it('came again behind a failure that was sent back', () => {
    expect(afterFailure('nak')).toEqual(['behind-failure']);
  });

  it('did not come again behind a failure that was acknowledged or passed over', () => {
    expect(afterFailure('ack')).toEqual(['unknown']);
    expect(afterFailure(null)).toEqual(['unknown']);
  });

  /** Version 1 is handled and comes again, with notes of connections between. */
  function afterNotes(note: (history: History) => void): (Again | null)[] {
    const history = new History();
    const place = { deliveryCount: null, partition: 0, position: 1 };
    history.publishAcked([1]);
    handledAndAcked(history, 1, place);
    note(history);
    history.handle(1, place);
    return againOfDuplicates(history);
  }

  it('came again because its connection was lost, or made anew, since', () => {
    const subscription = 'puller-0';
    expect(afterNotes((history) => history.note('fault', { what: 'disconnect', subscription }))).toEqual([
      'connection-lost',
    ]);
    expect(afterNotes((history) => history.note('reconnect', { subscription }))).toEqual(['connection-lost']);
  });

  describe('while its group was given its partitions anew', () => {
    const subscription = 'puller-0';
    const rejoin = (history: History, of = subscription): void => {
      const detail = { group: 'all', epoch: 2, subscription: of, assigned: 't:0', members: 1 };
      history.note('rebalance', detail);
    };
    const cutOff = (history: History): void => history.note('fault', { what: 'disconnect', subscription });
    const served = (history: History): void =>
      handledAndAcked(history, 2, { deliveryCount: null, partition: 0, position: 2 });

    it('came again because of its connection where that was lost first, and nothing was delivered until then', () => {
      const becauseOf = afterNotes((history) => {
        cutOff(history);
        history.note('reconnect', { subscription });
        rejoin(history);
      });
      expect(becauseOf).toEqual(['connection-lost']);
    });

    it('came again because of that where its subscription had gone on since its connection was lost', () => {
      const becauseOf = afterNotes((history) => {
        cutOff(history);
        served(history);
        rejoin(history);
      });
      expect(becauseOf).toEqual(['rebalance']);
    });

    it('came again because of that where the connection of another subscription was lost', () => {
      const becauseOf = afterNotes((history) => {
        history.note('fault', { what: 'disconnect', subscription: 'puller-1' });
        rejoin(history);
      });
      expect(becauseOf).toEqual(['rebalance']);
    });
  });

  it('did not come again because of the connection of a publisher, or of another subscription', () => {
    const others = [{ publisher: 0 }, { subscription: 'puller-1' }];
    for (const other of others) {
      expect(afterNotes((history) => history.note('fault', { what: 'disconnect', ...other }))).toEqual(['unknown']);
      expect(afterNotes((history) => history.note('reconnect', other))).toEqual(['unknown']);
    }
  });

  it('may have come again behind any failure where no answers are seen', () => {
    expect(afterFailure(null, false)).toEqual(['behind-failure']);
  });
});

describe('an event that had been handled, and comes again before its ack,', () => {
  const handledTwice = (isAcked: boolean): History => {
    const history = new History();
    history.publishAcked([1]);
    const first = history.deliver(1);
    history.finish(history.start(history.submit(first)));
    const second = history.submit(history.deliver(1, { deliveryCount: 2 }));
    if (isAcked) history.ack(first);
    history.finish(history.start(second));
    return history;
  };

  it('was acknowledged too late if the ack has come by the time that it is handled again', () => {
    expect(againOfDuplicates(handledTwice(true))).toEqual(['acked']);
  });

  it('was not acknowledged if no ack has come by then', () => {
    expect(againOfDuplicates(handledTwice(false))).toEqual(['unacked']);
  });
});

describe('an event of an aggregate of which too many deliveries are open', () => {
  it('came again unacknowledged, though its last delivery is forgotten', () => {
    const history = new History();
    const versions = Array.from({ length: 1_100 }, (_, at) => at + 1);
    history.publishAcked(versions);
    history.handle(1);
    for (const version of versions.slice(1)) history.deliver(version);
    history.handle(1, { deliveryCount: 2 });
    expect(againOfDuplicates(history)).toEqual(['unacked']);
  });
});

describe('a first delivery that is started after a later one of its event', () => {
  it('is a duplicate for the reason for which the later one came', () => {
    const history = new History();
    history.publishAcked([1]);
    const first = history.submit(history.deliver(1));
    history.handle(1, { deliveryCount: 2, subscription: 1 });
    history.finish(history.start(first));
    expect(againOfDuplicates(history)).toEqual(['queued']);
  });
});

describe('a first delivery that its client hands over after a later one of its event', () => {
  it('is a duplicate because it had waited in the client', () => {
    const history = new History();
    history.publishAcked([1]);
    handledAndAcked(history, 1, { deliveryCount: 2, subscription: 1 });
    history.handle(1);
    expect(againOfDuplicates(history)).toEqual(['queued']);
    const bothInHand = new History();
    bothInHand.publishAcked([1]);
    const later = bothInHand.submit(bothInHand.deliver(1, { deliveryCount: 2, subscription: 1 }));
    const first = bothInHand.submit(bothInHand.deliver(1));
    bothInHand.finish(bothInHand.start(later));
    bothInHand.finish(bothInHand.start(first));
    expect(againOfDuplicates(bothInHand)).toEqual(['queued']);
  });

  it('is no such thing if it lies elsewhere in the log: the event was stored twice', () => {
    const history = new History();
    history.publishAcked([1]);
    handledAndAcked(history, 1);
    history.handle(1, { position: 9 });
    expect(againOfDuplicates(history)).toEqual([null]);
  });
});

describe('an event of a broker without delivery counts', () => {
  const counted = { deliveryCount: null };

  it('comes for the first time from each place in the log at which it is stored', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    handledAndAcked(history, 1, counted);
    history.note('rebalance', { group: 'bus', epoch: 2, subscription: 'puller-0', assigned: '0' });
    const copy = history.submit(history.deliver(1, { ...counted, position: 9 }));
    const next = history.submit(history.deliver(2, counted));
    history.start(copy, { lane: 0 });
    history.start(next, { lane: 1 });
    expect(againOfOverlaps(history)).toEqual([null]);
  });

  it('comes again from a place from which it was handled, though a copy of it is in hand', () => {
    const history = new History();
    history.publishAcked([1]);
    handledAndAcked(history, 1, counted);
    history.deliver(1, { ...counted, position: 9 });
    history.note('rebalance', { group: 'bus', epoch: 2, subscription: 'puller-0', assigned: '0' });
    history.handle(1, counted);
    expect(againOfDuplicates(history)).toEqual(['rebalance']);
  });

  it('is another message in another partition, at whatever position', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1, counted);
    const copy = history.submit(history.deliver(1, { ...counted, partition: 1 }));
    const next = history.submit(history.deliver(2, counted));
    history.start(copy, { lane: 0 });
    history.start(next, { lane: 1 });
    expect(againOfOverlaps(history)).toEqual([null]);
  });
});

describe('an event whose delivery was not seen, as in a history that begins at the handlers,', () => {
  it.each([1, null])('is not taken for one that comes again, with the delivery count %s', (deliveryCount) => {
    const history = new History();
    history.publishAcked([1, 2, 3]);
    for (const version of [1, 2, 3]) {
      const delivery = history.deliver(version, { deliveryCount });
      history.observations.pop();
      const attempt = history.start(history.submit(delivery), { lane: version });
      if (version === 1) history.finish(attempt);
      if (version === 1) history.note('rebalance', { group: 'bus', epoch: 2, subscription: 'puller-0', assigned: '0' });
    }
    expect(againOfOverlaps(history)).toEqual([null]);
  });
});

describe('an event that comes again while the bus retries it', () => {
  it('came again because the bus still had it, not because nobody answered', () => {
    const history = new History();
    history.publishAcked([1]);
    const first = history.submit(history.deliver(1));
    history.finish(history.start(first), 'retried');
    history.handle(1, { deliveryCount: 2, subscription: 1 });
    history.finish(history.start(first, { number: 2 }));
    const reasons = history
      .verdict()
      .signatures.map(({ signature }) => ('again' in signature ? signature.again : null));
    expect(reasons).not.toContain('failed');
  });
});
