/** A backoff has brought an event back if its wait had passed, and the ack wait had not. */
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
  it('comes again by that once its wait has passed, of which a late client may have missed a tenth', () => {
    expect(againAfter(100, backoff)).toEqual(['backoff']);
    expect(againAfter(90, backoff)).toEqual(['backoff']);
    expect(againAfter(89, backoff)).toEqual(['queued']);
  });

  it('comes again by the wait of its delivery, the last of which holds for all that follow', () => {
    expect(againAfter(100, backoff, [2, 3])).toEqual(['queued']);
    expect(againAfter(400, backoff, [2, 3])).toEqual(['backoff']);
    expect(againAfter(400, backoff, [7, 8])).toEqual(['backoff']);
  });

  it('says nothing of the backoff where the ack wait may have passed, too', () => {
    expect(againAfter(900, backoff)).toEqual(['queued']);
    expect(againAfter(1_000, { waitsMs: '1000', ackWaitMs: 1_000 })).toEqual(['queued']);
  });

  it('says nothing of it where a delivery between the two was not seen, or no backoff is known', () => {
    expect(againAfter(100, backoff, [1, 3])).toEqual(['queued']);
    expect(againAfter(100, null)).toEqual(['queued']);
  });
});
