/** A backoff has brought an event back if the ack wait, in whose place it is, cannot have. */
import { describe, expect, it } from 'vitest';
import { History } from '../support/history.js';

interface Backoff {
  readonly waitsMs: string;
  readonly ackWaitMs: number;
}

/** Why an event that waits in the bus comes again after so long. @param counts of the two deliveries */
function againAfter(passedMs: number, backoff: Backoff | null, [first, second] = [1, 2]): unknown {
  const history = new History();
  if (backoff !== null) history.note('backoff', { queue: 'queue', ...backoff });
  history.publishAcked([1]);
  const held = history.deliver(1, { deliveryCount: first, deliveredAtMs: 10 });
  const again = history.deliver(1, { deliveryCount: second, deliveredAtMs: 10 + passedMs });
  history.finish(history.start(held));
  history.finish(history.start(again));
  return history.verdict().signatures.map(({ signature }) => ('again' in signature ? signature.again : null));
}

const backoff = { waitsMs: '100 400', ackWaitMs: 1_000 };

describe('an event of a queue with a backoff', () => {
  it('comes again by that before the ack wait can have passed, however late a busy client was with the first delivery', () => {
    expect(againAfter(100, backoff)).toEqual(['backoff']);
    expect(againAfter(12, backoff)).toEqual(['backoff']);
    expect(againAfter(899, backoff)).toEqual(['backoff']);
  });

  it('comes again by that for any number of deliveries, also where one between was not seen', () => {
    expect(againAfter(100, backoff, [2, 3])).toEqual(['backoff']);
    expect(againAfter(400, backoff, [7, 8])).toEqual(['backoff']);
    expect(againAfter(500, backoff, [1, 3])).toEqual(['backoff']);
  });

  it('says nothing of the backoff where the ack wait may have passed, or is the shorter one', () => {
    expect(againAfter(900, backoff)).toEqual(['queued']);
    expect(againAfter(500, { waitsMs: '1000', ackWaitMs: 1_000 })).toEqual(['queued']);
  });

  it('says nothing of it where no backoff is known', () => {
    expect(againAfter(100, null)).toEqual(['queued']);
  });
});
