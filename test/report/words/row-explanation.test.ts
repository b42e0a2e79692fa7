/** What a row means, in words. */
import { noneExplained } from '../../../src/domain/report/anomaly-signature.js';
import { describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/domain/observation.js';
import { plainReason } from '../../../src/domain/report/reason.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { explainRow } from '../../../src/report/words/row-explanation.js';
import {
  anomaly,
  counts,
  drainIncomplete,
  duplicates,
  exposure,
  row,
  sharedSource,
  tooFewAtRisk,
  violatedRow,
} from '../fixtures.js';

const noOrigins = row('single#1').origins;

function lostAt(origin: Origin, overrides: Partial<RunRow> = {}): string {
  return explainRow(violatedRow('multi/shared#1', { origins: { ...noOrigins, [origin]: 428 }, ...overrides }));
}

const cause: RunRow['causes'][number] = {
  id: 'shared-durable',
  explains: { ...noneExplained(), regressions: 428 },
  latent: false,
  confidence: 'certain',
  evidence: [
    { claim: 'misroutes', count: 803, of: 1000, detail: null },
    { claim: 'told', count: null, of: null, detail: 'second' },
  ],
  refutes: [],
  remedy: { kind: 'durable-per-topic', detail: null },
  witnesses: [],
};

describe('a violated row', () => {
  it('says how many events came late, at which stage order was lost, and the sign of it', () => {
    expect(explainRow(violatedRow())).toBe(
      '428 of 5,000 events reached their handler after a higher version of the same aggregate. In 420 of them order was already lost at deliver, i.e. between the broker and the subscription, before any queue or lane: 80 % of deliveries went to a subscription that does not own their topic. 428 anomalies are not explained.',
    );
  });

  it('names the first cause with its evidence and remedy instead, where there is a diagnosis', () => {
    const text = lostAt('deliver', { causes: [{ ...cause, id: 'other', latent: true }, cause] });
    expect(text).toContain('before any queue or lane. Cause: shared-durable (certain). 80 % of deliveries were');
    expect(text).toContain('Remedy: give every subscription a durable of its own with its topic as filter');
    expect(text).not.toMatch(/second|other/);
  });

  it('blames the dispatcher where order was lost at start, and does not call misroutes its reason', () => {
    expect(lostAt('start')).toContain(
      'In all of them order was lost at start, i.e. in the dispatcher, between its queue and the handler.',
    );
  });

  it('shows what the log holds where order was lost at store', () => {
    const inverted = counts({ regressions: 428, violations: 429, storeInversions: 1 });
    expect(lostAt('store', { counts: inverted })).toContain(': 1 event lies in the log behind a higher version.');
    const split = counts({ regressions: 428, violations: 430, splitKeys: 2 });
    expect(lostAt('store', { counts: split })).toContain(': 2 aggregates have events of one topic in more than one');
  });

  it('does not guess a stage where stamps are missing', () => {
    expect(lostAt('unknown')).toContain('In all of them the stage cannot be told, since a stamp is missing.');
  });

  it('lists the anomalies that come beside regressions', () => {
    const many = counts({
      regressions: 428,
      violations: 442,
      duplicates: duplicates(1),
      lost: 3,
      overlaps: 2,
      phantoms: 8,
    });
    expect(lostAt('deliver', { counts: many })).toContain('Besides: 3 lost, 1 duplicate, 2 overlaps, 8 phantoms.');
  });

  it.each([
    [{ lost: 3 }, '3 events whose publishing had succeeded are lost: no handling of them succeeded.'],
    [{ duplicates: duplicates(7) }, 'No event came late, but 7 events came again (7 redelivered).'],
    [{ overlaps: 1 }, '1 time two events of one aggregate were handled at once.'],
    [{ completionInversions: 2 }, '2 events started in order and ended after a higher version.'],
    [{ phantoms: 1 }, '1 event arrived that nobody had published.'],
  ])('says what happened where no event came late: %j', (anomaly, text) => {
    expect(explainRow(row('single#1', { outcome: 'violated', counts: counts({ violations: 1, ...anomaly }) }))).toBe(
      text,
    );
  });

  it('says too that the run was cut short', () => {
    const reasons = [anomaly('regression', 428), plainReason('interrupted')];
    expect(lostAt('deliver', { reasons })).toMatch(/\. The run was interrupted\.$/);
  });
});

describe('an ordered row', () => {
  it('says on how many pairs at risk its zero rests, and claims no confidence of pairs', () => {
    expect(explainRow(row('single#1'))).toBe('Order held: 0 of 4,100 pairs at risk came in the wrong order.');
    expect(explainRow(row('single#1', { exposure: exposure(0, 1) }))).toContain('0 of 1 pair at risk');
  });

  it('names what the scenario allowed', () => {
    expect(explainRow(row('single#1', { counts: counts({ duplicates: duplicates(120) }) }))).toContain(
      'Allowed by the scenario: 120 duplicates.',
    );
  });

  it('gives the share, without an interval, where the scenario allows regressions', () => {
    const allowed = row('single#1', { counts: counts({ regressions: 9 }), exposure: exposure(8, 1000) });
    expect(explainRow(allowed)).toContain('8 of 1,000 contested pairs (0.80 %) came in the wrong order');
  });
});

describe('an inconclusive row', () => {
  const inconclusive = (overrides: Partial<RunRow>): string =>
    explainRow(row('multi/shared#1', { outcome: 'inconclusive', ...overrides }));

  it('says that a run without contested pairs says nothing', () => {
    expect(inconclusive({ reasons: [tooFewAtRisk(0, 0, 9)], exposure: exposure(0, 0) })).toBe(
      'No aggregate ever had two events under way at once (0 of 9 pairs of consecutive events), so nothing could have gone wrong.',
    );
  });

  it('says all of its reasons, in their order', () => {
    const reasons = [plainReason('interrupted'), tooFewAtRisk(0, 0)];
    expect(inconclusive({ reasons, exposure: exposure(0, 0) })).toMatch(
      /^The run was interrupted\. No aggregate ever had two events under way at once \(0 of 4,950 pairs/,
    );
  });

  it('says that nothing guarantees the order that held, by which mechanism, and what to do', () => {
    const latent = {
      reasons: [sharedSource(31, 40)],
      exposure: exposure(0, 50, { splitPairs: 31, inFlightPairs: 40 }),
    };
    const lacking =
      'Order held, but nothing guarantees it: several subscriptions take from one queue, and 31 of 40 pairs in flight were held by two of them at once, which nothing keeps in order.';
    expect(inconclusive(latent)).toBe(lacking);
    expect(inconclusive({ ...latent, causes: [{ ...cause, latent: true }] })).toContain(
      `${lacking} Cause: shared-durable (certain).`,
    );
  });

  it('tells what was seen so far, and what was not seen to its end', () => {
    expect(inconclusive({ reasons: [plainReason('broker-lost')], counts: counts({ unseen: 12 }) })).toBe(
      'The broker was lost in the middle of the run. So far 0 of 4,100 pairs at risk came in the wrong order. 12 acknowledged events had not been handled when the run ended; whether they are lost is not known.',
    );
    const once = inconclusive({ reasons: [drainIncomplete(12)], counts: counts({ unseen: 12 }) });
    expect(once.match(/acknowledged event/g)).toHaveLength(1);
  });
});

describe('a row that failed', () => {
  const error = { code: 'broker-unavailable', message: 'the server went away.', wayOut: 'start it again' };

  it('says what happened, the way out, and what had been recorded', () => {
    expect(explainRow(row('single#1', { outcome: 'inconclusive', error }))).toBe(
      'The run ended early: the server went away. Start it again. Recorded until then: 5,000 published, 5,000 handled.',
    );
    const nothing = row('single#1', { outcome: 'inconclusive', error, counts: counts({ published: 0, handled: 0 }) });
    expect(explainRow(nothing)).toContain('Nothing had been recorded.');
  });

  it('keeps the violations that were seen before', () => {
    expect(explainRow(violatedRow('multi/shared#1', { error }))).toContain('428 of 5,000 events reached their handler');
  });
});

describe('a row of a strategy that holds events back', () => {
  it('says how many at once, if it held any', () => {
    const held = 'The bus held early events back, at most 1,234 at once.';
    expect(explainRow(row('single#1', { bufferDepthMax: 1_234 }))).toContain(held);
    for (const bufferDepthMax of [0, null]) {
      expect(explainRow(row('single#1', { bufferDepthMax }))).not.toContain('held early');
    }
  });
});
