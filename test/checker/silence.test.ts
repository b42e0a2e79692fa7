/** How long the successor of a service that had died was given nothing, until an event of the dead one came again. */
import { describe, expect, it } from 'vitest';
import type { SilenceEvidence } from '../../src/domain/report/verdict.js';
import { History } from './support/history.js';
import { oneQueue } from './support/queues.js';

/** Event 1 dies with its service at 10 ms; the next one is there at 20 ms. */
function afterCrash(): History {
  const history = new History();
  history.at(10);
  history.release('crashed', history.deliver(1));
  history.at(20);
  history.note('disturbance', { what: 'the service is back' });
  return history;
}

function silenceOf(history: History): SilenceEvidence | null {
  return history.verdict({ queues: oneQueue }).evidence.silence;
}

describe('the silence after a crash', () => {
  it('lasts from when the successor is there until an event comes again, and tells how many waited', () => {
    const history = afterCrash();
    history.at(920);
    history.deliver(1, { deliveryCount: 2 });
    history.deliver(2, { publishedAtMs: 5 });
    history.deliver(3, { publishedAtMs: 600 });
    expect(silenceOf(history)).toEqual({ forMs: 900, waited: 1 });
  });

  it('is none where a new event comes first', () => {
    const history = afterCrash();
    history.at(900);
    history.deliver(2);
    expect(silenceOf(history)).toBeNull();
  });

  it('is none while the bus has something in hand', () => {
    const history = afterCrash();
    history.deliver(2);
    history.at(920);
    history.deliver(1, { deliveryCount: 2 });
    expect(silenceOf(history)).toBeNull();
  });

  it('is none without a crash', () => {
    const history = new History();
    history.at(900);
    history.deliver(1, { deliveryCount: 2 });
    expect(silenceOf(history)).toBeNull();
  });
});
