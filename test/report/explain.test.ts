/** What a row means, in words. */
import { describe, expect, it } from 'vitest';
import type { Origin } from '../../src/domain/observation.js';
import type { RunRow } from '../../src/domain/run-report.js';
import { explainRow } from '../../src/report/explain.js';
import { counts, duplicates, exposure, row, violatedRow } from './fixtures.js';

const noOrigins = row('single#1').origins;

function lostAt(origin: Origin, overrides: Partial<RunRow> = {}): string {
  return explainRow(violatedRow('multi/shared#1', { origins: { ...noOrigins, [origin]: 428 }, ...overrides }));
}

const cause: RunRow['causes'][number] = {
  id: 'shared-durable',
  explains: { regressions: 428, duplicates: 0, lost: 0, overlaps: 0, storeInversions: 0, splitKeys: 0 },
  latent: false,
  confidence: 'certain',
  evidence: ['80.3 % of deliveries were fetched by a stranger', 'second'],
  refutes: [],
  remedy: 'give every subscription a durable of its own',
};

describe('a violated row', () => {
  it('says how many events came late, at which stage order was lost, and the sign of it', () => {
    expect(explainRow(violatedRow())).toBe(
      '428 of 5,000 events reached their handler after a higher version of the same aggregate. In 420 of them order was already lost at deliver, i.e. between the broker and the subscription, before any queue or worker: 80 % of deliveries went to a subscription that does not own their topic.',
    );
  });

  it('names the first cause with its evidence and remedy instead, where there is a diagnosis', () => {
    const text = lostAt('deliver', { causes: [{ ...cause, id: 'other', latent: true }, cause] });
    expect(text).toContain('before any queue or worker. Cause: shared-durable (certain). 80.3 % of deliveries were');
    expect(text).toContain('Remedy: give every subscription a durable of its own.');
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
    [{ lost: 3 }, '3 events whose publishing had succeeded never reached a handler.'],
    [{ duplicates: duplicates(7) }, 'No event came late, but 7 events came again (7 redelivered, 0 stored twice).'],
    [{ overlaps: 1 }, '1 time two events of one aggregate were handled at once.'],
    [{ completionInversions: 2 }, '2 events started in order and ended after a higher version.'],
    [{ phantoms: 1 }, '1 event arrived that nobody had published.'],
  ])('says what happened where no event came late: %j', (anomaly, text) => {
    expect(explainRow(row('single#1', { outcome: 'violated', counts: counts({ violations: 1, ...anomaly }) }))).toBe(
      text,
    );
  });

  it('says too that the run was cut short', () => {
    const reasons = ['428 regressions', 'the run was interrupted'];
    expect(lostAt('deliver', { reasons })).toMatch(/\. The run was interrupted\.$/);
  });
});

describe('an ordered row', () => {
  it('gives the bound that its zero is worth', () => {
    expect(explainRow(row('single#1'))).toBe(
      'Order held: 0 of 4,812 contested pairs (≤ 0.06 % with 95 % confidence) came in the wrong order.',
    );
  });

  it('says so where that bound is worth little', () => {
    expect(explainRow(row('single#1', { exposure: exposure(0, 12) }))).toContain('(≤ 22 % with 95 % confidence)');
    expect(explainRow(row('single#1', { exposure: exposure(0, 12) }))).toContain('So few pairs say little');
  });

  it('names what the scenario allowed', () => {
    expect(explainRow(row('single#1', { counts: counts({ duplicates: duplicates(120) }) }))).toContain(
      'Allowed by the scenario: 120 duplicates.',
    );
  });

  it('gives share and interval where the scenario allows regressions', () => {
    const allowed = row('single#1', { counts: counts({ regressions: 9 }), exposure: exposure(8, 1000) });
    expect(explainRow(allowed)).toContain('8 of 1,000 contested pairs (0.80 %; 0.41 % to 1.6 % with 95 % confidence)');
  });
});

describe('an inconclusive row', () => {
  const inconclusive = (overrides: Partial<RunRow>): string =>
    explainRow(row('multi/shared#1', { outcome: 'inconclusive', ...overrides }));

  it('says that a run without contested pairs says nothing, and what to do', () => {
    const text = inconclusive({ reasons: ['none of 9 pairs was contested'], exposure: exposure(0, 0) });
    expect(text).toMatch(/^No two events of one aggregate were ever outstanding together, so nothing could have gone/);
    expect(text).toMatch(/this says nothing about the bus\. Publish faster/);
  });

  it('does not advise to publish faster where the run was cut short', () => {
    const text = inconclusive({
      reasons: ['the run was interrupted', 'no pair was contested'],
      exposure: exposure(0, 0),
    });
    expect(text).toMatch(/^The run was interrupted\. No two events/);
    expect(text).not.toContain('Publish faster');
  });

  it('says that order held by luck where pairs were split', () => {
    const latent = {
      reasons: ['latent: 31 of 40 pairs in flight had two subscriptions at once'],
      exposure: exposure(0, 50, { splitPairs: 31, inFlightPairs: 40 }),
      counts: counts({ misroutes: 4000 }),
    };
    expect(inconclusive(latent)).toBe(
      'Order held by luck: 31 of 40 pairs in flight were held by two subscriptions at once, and nothing keeps those in order: 80 % of deliveries went to a subscription that does not own their topic.',
    );
    expect(inconclusive({ ...latent, causes: [{ ...cause, latent: true }] })).toContain(
      'nothing keeps those in order. Cause: shared-durable (certain).',
    );
  });

  it('passes on any other reason, with what was seen so far', () => {
    expect(inconclusive({ reasons: ['the drain is incomplete'], counts: counts({ unseen: 12 }) })).toBe(
      'The drain is incomplete. So far 0 of 4,812 contested pairs (≤ 0.06 % with 95 % confidence) came in the wrong order. 12 acknowledged events had not been seen when the run ended; whether they are lost is not known.',
    );
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
