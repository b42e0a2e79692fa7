/** A witness is told stage by stage, and each stage in the order in which it saw the events. */
import { describe, expect, it } from 'vitest';
import { explainedKinds, againReasons } from '../../../src/domain/report/anomaly-signature.js';
import type { CauseWitness } from '../../../src/domain/report/witness.js';
import { witnessLines } from '../../../src/report/words/witness-text.js';
import { cameAgain, fetchedByAnother } from '../witness-fixtures.js';

function told(witness: CauseWitness, countsOffsets = false): Record<string, readonly string[]> {
  return Object.fromEntries(witnessLines(witness, countsOffsets).map(({ name, clauses }) => [name, clauses]));
}

describe('a witness in words', () => {
  it('says who fetched what from where, and shows two events that change places at the stage where they crossed', () => {
    expect(told(fetchedByAnother)).toEqual({
      what: ['agg-37: version 2 was started after version 3'],
      publish: ['v2 at 8.0 ms (#80)', 'v3 at 8.2 ms (#83)'],
      store: ['v2 in topic-1, sequence 92', 'v3 in topic-1, sequence 93'],
      deliver: [
        'v3 to sub-topic-1 from shared at 14.0 ms (#118)',
        'v2 to sub-topic-3 from shared at 14.2 ms (#120), which does not own its topic',
      ],
      start: ['v3 in lane 12 at 18.7 ms (#140)', 'v2 in lane 12 at 19.1 ms (#150)'],
      finish: ['v3 done at 19.0 ms (#143)', 'v2 done at 19.9 ms (#155)'],
      answer: ['v3 ack at 19.0 ms (#144)', 'v2 ack at 19.9 ms (#156)'],
      crossed: ['at deliver, between the broker and the subscription, before any queue or lane'],
    });
  });

  it('tells the delivery before, why the event came again, and what it fell into', () => {
    expect(told(cameAgain)).toMatchObject({
      what: ['agg-37: version 2 had been started before version 3, and finished after it'],
      publish: ['v2 at 8.0 ms (#80)', 'v3 at 8.2 ms (#83)'],
      store: ['v2 in topic-1, sequence 92', 'v3 in topic-1, sequence 93'],
      deliver: [
        'v2 to sub-topic-1 from shared at 14.0 ms (#117)',
        'v3 to sub-topic-1 from shared at 14.0 ms (#118)',
        'v2 again to sub-topic-1 from shared at 19.1 ms (#145), delivery 2',
      ],
      finish: ['v2 failed at 16.0 ms (#133)', 'v3 done at 19.0 ms (#143)', 'v2 again done at 19.9 ms (#155)'],
      again: ['v2: its handling had failed, and it was sent back'],
      amid: ['partitions were given out anew at 16.5 ms (#135)'],
    });
  });

  it('names publishers where they differ, and partitions and offsets on Kafka', () => {
    const { event } = fetchedByAnother;
    const other = { ...event, publisher: 1, store: { ...event.store, partition: 3 } };
    const { publish, store } = told({ ...fetchedByAnother, event: other }, true);
    expect(publish).toEqual(['v2 by publisher 1 at 8.0 ms (#80)', 'v3 by publisher 0 at 8.2 ms (#83)']);
    expect(store).toEqual(['v2 in topic-1, partition 3, offset 91', 'v3 in topic-1, partition 0, offset 92']);
  });

  it('calls a consumer group by the last part of its id', () => {
    const { event } = fetchedByAnother;
    const grouped = { ...event, deliver: { ...event.deliver!, queue: 'eventbus-bench.some-run.all' } };
    const { deliver } = told({ ...fetchedByAnother, event: grouped });
    expect(deliver![1]).toContain('v2 to sub-topic-3 from all at');
  });

  it('tells where an event lies twice if it was stored twice', () => {
    const { event } = fetchedByAnother;
    const place = { ...event.store, position: 40 };
    const first = { ...event, deliver: null, start: null, finish: null, answer: null, state: null, store: place };
    const { store } = told({ ...fetchedByAnother, kind: 'duplicates', otherDelivery: first, otherEvent: null });
    expect(store).toEqual(['v2 in topic-1, sequence 40', 'v2 again in topic-1, sequence 92']);
  });

  it('says that an event was not started, and how its delivery ended without that', () => {
    const event = { ...fetchedByAnother.event, start: null, finish: null, state: 'rejected' as const };
    const { start, finish } = told({ ...fetchedByAnother, kind: 'lost', event, otherEvent: null });
    expect([start, finish]).toEqual([['v2 not started'], ['v2 refused by the full inbox']]);
  });

  it('says that the handling before a duplicate is no longer known, where it is not', () => {
    const { again } = told({ ...fetchedByAnother, kind: 'duplicates', otherEvent: null });
    expect(again).toEqual(['it had been handled before, of which no more is kept']);
  });

  it('has different words for each kind and each reason', () => {
    const what = explainedKinds.map((kind) => told({ ...fetchedByAnother, kind })['what']!.join());
    expect(new Set(what).size).toBe(explainedKinds.length);
    const { event } = cameAgain;
    const why = againReasons.map((again) =>
      told({ ...cameAgain, event: { ...event, deliver: { ...event.deliver!, again } } })['again']!.join(),
    );
    expect(new Set(why).size).toBe(againReasons.length);
  });
});
