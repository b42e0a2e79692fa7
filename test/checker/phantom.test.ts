/**
 * A phantom is a version that was observed though it had never been published. An event that was published with an
 * error and observed all the same is recovered: neither a phantom nor an anomaly.
 */
import { describe, expect, it } from 'vitest';
import { History } from './support/history.js';

describe('phantoms', () => {
  it('are versions observed without a publish call, each counted once', () => {
    const history = new History();
    history.publishAcked([1]);
    history.handleAll([1, 2, 2]);
    expect(history.counts()).toMatchObject({ phantoms: 1, duplicates: { total: 1 } });
  });

  it('are counted in a trace that has no publish calls at all', () => {
    const history = new History();
    history.handleAll([1, 2, 3]);
    expect(history.counts()).toMatchObject({ phantoms: 3, published: 0, regressions: 0 });
  });

  it('are not claimed where publish calls were not seen; all else is counted as it is', () => {
    const history = new History();
    history.handleAll([1, 3, 2]);
    const seen = history.verdictOfChecker({ stages: ['deliver', 'start', 'finish'] });
    const all = history.verdictOfChecker();
    expect(all.counts).toMatchObject({ phantoms: 3, regressions: 1 });
    expect(seen.counts).toEqual({ ...all.counts, phantoms: 0, violations: all.counts.violations - 3 });
  });

  it('take part in order like any other version', () => {
    const history = new History();
    history.publishAcked([1]);
    history.handleAll([2, 1]);
    expect(history.counts()).toMatchObject({ phantoms: 1, regressions: 1, naive: 1 });
  });

  it('are none where a delivery never started', () => {
    const history = new History();
    history.deliver(1);
    expect(history.counts().phantoms).toBe(0);
  });

  it('are none where the publish call failed: the event is recovered', () => {
    const history = new History();
    history.publish(1);
    history.refused(1);
    history.handle(1);
    expect(history.counts()).toMatchObject({ phantoms: 0, recovered: 1, violations: 0 });
  });

  it('are recovered also where the error arrives after the event was handled', () => {
    const history = new History();
    history.publish(1);
    history.handle(1);
    history.refused(1);
    expect(history.counts()).toMatchObject({ phantoms: 0, recovered: 1 });
  });

  it('are not recovered where another publish call of the same event succeeded', () => {
    const history = new History();
    history.publish(1);
    history.refused(1);
    history.publishAcked([1]);
    history.handle(1);
    expect(history.counts()).toMatchObject({ phantoms: 0, recovered: 0 });
  });
});
