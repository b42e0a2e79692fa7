/** The checker as a whole: what it counts of an ordinary run, and what it does not mind. */
import { describe, expect, it } from 'vitest';
import { StreamingChecker } from '../../src/checker/streaming-checker.js';
import { drained, handledInOrder, History, notDrained } from './support/history.js';
import { feed } from './support/feed.js';

const names = { aggregates: ['agg-0'], topics: ['orders'], subscriptions: ['puller-0'] };

describe('the streaming checker', () => {
  it('counts what passed', () => {
    const counts = handledInOrder([1, 2, 3]).counts();
    expect(counts).toMatchObject({ published: 3, acked: 3, delivered: 3, handled: 3, retries: 0, violations: 0 });
  });

  it('has nothing to say of nothing', () => {
    const verdict = new History().verdict();
    expect(verdict.counts).toMatchObject({ published: 0, violations: 0, regressions: 0 });
    expect(verdict).toMatchObject({ aggregates: [], aggregatesTotal: 0, aggregatesWithAnomalies: 0, signatures: [] });
    expect(verdict.exposure.regressionRate.value).toBeNull();
  });

  it('tells the regressions so far', () => {
    const checker = new StreamingChecker({ names, orderScope: 'topic', allow: [] });
    feed(handledInOrder([2, 1]).observations, checker);
    expect(checker.regressions).toBe(1);
  });

  it('gives the same verdict when asked again, and goes on after it was asked', () => {
    const { observations } = handledInOrder([1, 3, 2, 4]);
    const checker = new StreamingChecker({ names, orderScope: 'topic', allow: [] });
    const asked = new StreamingChecker({ names, orderScope: 'topic', allow: [] });
    for (const observation of observations) {
      feed([observation], checker);
      feed([observation], asked);
      expect(asked.end(notDrained)).toEqual(asked.end(notDrained));
    }
    expect(asked.end(drained)).toEqual(checker.end(drained));
  });

  it('keeps nothing of what it is handed', () => {
    const { observations } = handledInOrder([2, 1]);
    const checker = new StreamingChecker({ names, orderScope: 'topic', allow: [] });
    const reused: Record<string, unknown> = {};
    for (const observation of observations) {
      if (observation.kind !== 'start') {
        feed([observation], checker);
        continue;
      }
      Object.assign(reused, observation.record.delivery);
      feed([{ kind: 'start', record: { ...observation.record, delivery: reused as never } }], checker);
    }
    expect(checker.end(drained).aggregates[0]!.examples[0]!.witness.early.version).toBe(2);
  });

  it('finds names that became known only while it ran, and says #n where none is known', () => {
    const growing = { aggregates: [] as string[], topics: [] as string[], subscriptions: [] as string[] };
    const checker = new StreamingChecker({ names: growing, orderScope: 'topic', allow: [] });
    feed(handledInOrder([2, 1]).observations, checker);
    growing.aggregates.push('late-name');
    const [finding] = checker.end(drained).aggregates;
    expect(finding).toMatchObject({ aggregateId: 'late-name', topic: '#0' });
    expect(finding!.examples[0]!.witness.late.subscription).toBe('#0');
  });

  it('checks a bus in order again after disorder, without a trace of it', () => {
    const history = handledInOrder([2, 1, 3]);
    for (let version = 4; version <= 50; version++) {
      history.publishAcked([version]);
      history.handle(version);
    }
    expect(history.verdict()).toMatchObject({ counts: { regressions: 1, violations: 1 }, exposure: { pairs: 49 } });
  });
});
