import { describe, expect, it } from 'vitest';
import type { ProbeInput } from '../../src/comparison/compare.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { counts, scenario } from '../report/fixtures.js';
import { claiming, comparisonOf, gate, partOf, repeated, retry } from './fixtures.js';

const five = (speed: number): number[] => [speed, speed * 1.01, speed * 0.99, speed * 1.02, speed * 0.98];
const taken = (comparison: ReturnType<typeof comparisonOf>): string | null => comparison.recommendation.candidate;

describe('the recommendation removes the fault', () => {
  const incident = repeated('multi/shared+keyed-pool', five(100), { outcome: 'violated', regressions: 300 });

  it('takes no repair behind a shared durable where a bus without the fault held, however much faster the repair is', () => {
    const comparison = comparisonOf(
      [
        ...incident,
        ...repeated('single+keyed-pool', five(100)),
        ...repeated('multi/shared+version-gate', five(500), { p99: 1 }),
      ],
      { 'version-gate': gate },
    );
    expect(taken(comparison)).toBe('single+keyed-pool');
    expect(comparison.candidates.map(({ repairs }) => repairs)).toEqual([null, null, 'behind a fault']);
    expect(partOf(comparison, 'why')).toContain('1 of these removes the fault rather than repairing behind it');
    expect(partOf(comparison, 'not-a-fix')).toContain(
      'multi/shared+version-gate held order too, by repairing behind a fault',
    );
    expect(partOf(comparison, 'besides')).toMatch(
      /^For defence in depth add version-gate\. It repairs within one process/,
    );
  });

  it('says of a repair what it does when the broker gives up, and with a second replica', () => {
    const rows = [...repeated('single+retry', five(100)), ...repeated('single+version-gate', five(100))];
    const claims = { retry, 'version-gate': gate };
    const besides = partOf(comparisonOf(rows, claims), 'besides');
    expect(besides).toContain('the gap blocks its aggregate, unless it is skipped or parked');
    expect(besides).toContain('with a second replica each has a buffer of its own');
    expect(partOf(comparisonOf(rows, claims, { gapPolicy: 'skip' }), 'besides')).toContain('goes on without it');
  });

  it('names a repair behind a fault as no fix where it takes the same repair without the fault', () => {
    const rows = [...repeated('single+version-gate', five(100)), ...repeated('multi/shared+version-gate', five(100))];
    const comparison = comparisonOf(rows, { 'version-gate': gate });
    expect(taken(comparison)).toBe('single+version-gate');
    expect(partOf(comparison, 'not-a-fix')).toContain('multi/shared+version-gate held order too');
  });

  it('takes a repair behind a fault for now where nothing else held, and says so', () => {
    const comparison = comparisonOf([...incident, ...repeated('multi/shared+version-gate', five(90))], {
      'version-gate': gate,
    });
    expect(comparison.recommendation.headline).toBe(
      'For now, take multi/shared+version-gate: it repairs order behind a fault, and nothing that removes the fault held here.',
    );
    expect(partOf(comparison, 'besides')).toContain(
      'single, or a durable for every topic (multi/per-topic), removes it',
    );
  });

  it('knows a fault by the original bus in the same mode, which lost order before the dispatcher', () => {
    const gated = repeated('single+version-gate', five(90));
    const repairsAfter = (origin: 'store' | 'deliver' | 'start', overrides = {}): unknown =>
      comparisonOf(
        [...repeated('single+keyed-pool', five(100), { outcome: 'violated', regressions: 3, origin }), ...gated],
        { 'version-gate': gate },
        overrides,
      ).candidates[1]!.repairs;
    expect(repairsAfter('store')).toBe('behind a fault');
    expect(repairsAfter('deliver')).toBe('behind a fault');
    expect(repairsAfter('start')).toBe('a sound bus');
    // What failed is delivered again behind what followed it: no fault of the bus.
    expect(repairsAfter('deliver', { handlerFailShare: 0.02 })).toBe('a sound bus');
  });

  it.each([
    ['one topic has one subscription', 'sim:jetstream', { topics: 1 }, 'a sound bus'],
    ['one outstanding message keeps order', 'nats', { maxAckPending: 1 }, 'a sound bus'],
    ['a partition belongs to one member', 'kafka', {}, 'a sound bus'],
    ['several subscriptions share a durable', 'nats', {}, 'behind a fault'],
  ])('sees in multi/shared that %s', (_, broker, overrides, repairs) => {
    const rows = repeated('multi/shared+version-gate', five(100), { broker });
    expect(comparisonOf(rows, { 'version-gate': gate }, overrides).candidates[0]!.repairs).toBe(repairs);
  });
});

describe('the recommendation promises most', () => {
  it('takes what keeps order when something is delivered again before what is faster', () => {
    const comparison = comparisonOf([...repeated('single+fast', five(200)), ...repeated('single+retry', five(100))], {
      retry,
    });
    expect(taken(comparison)).toBe('single+retry');
    expect(partOf(comparison, 'why')).toContain('Of these 2 it promises most: the order of each aggregate.');
    expect(partOf(comparison, 'instead')).toContain('single+fast will do, at 2.00 times its speed');
  });

  it('takes what survives more of equal promises, and says what to take where that is not needed', () => {
    const oneAtATime = claiming({ redelivery: true, resize: true, crash: true }, { order: 'total' });
    const comparison = comparisonOf([...repeated('single+one', five(5)), ...repeated('single+retry', five(100))], {
      one: oneAtATime,
      retry,
    });
    expect(taken(comparison)).toBe('single+one');
    expect(comparison.recommendation.headline).toBe(
      'Take single+one if it has to survive a crash of the service, else single+retry, which is 20 times as fast.',
    );
    expect(partOf(comparison, 'instead')).toBe(
      'If it need not survive a crash of the service, single+retry will do, at 20 times its speed.',
    );
  });

  it('takes an order over all events for no more than the order of each aggregate', () => {
    const total = claiming({ resize: true }, { order: 'total' });
    const rows = [...repeated('single+total', five(5)), ...repeated('single+retry', five(100))];
    expect(taken(comparisonOf(rows, { total, retry }))).toBe('single+retry');
  });

  it('counts nothing that cannot happen on the broker', () => {
    const groups = claiming({ rebalance: true, partitions: true });
    const rowsOn = (broker: string) => [
      ...repeated('single+plain', five(100), { broker }),
      ...repeated('single+groups', five(50), { broker }),
    ];
    expect(taken(comparisonOf(rowsOn('nats'), { groups }))).toBe('single+plain');
    expect(taken(comparisonOf(rowsOn('kafka'), { groups }))).toBe('single+groups');
    expect(partOf(comparisonOf(rowsOn('nats'), { groups }), 'promise')).not.toContain('rebalance');
    expect(partOf(comparisonOf(rowsOn('kafka'), { groups }), 'promise')).toContain('also through a rebalance');
  });

  it('names what survives what nothing compared does', () => {
    const instead = partOf(comparisonOf(repeated('single+retry', five(100)), { retry }), 'instead');
    expect(instead).toBe(
      'Nothing compared here that held order promises to survive a crash of the service; one-at-a-time does, and can be compared with --strategies.',
    );
  });

  it('is never one that promises no order, however it came out', () => {
    const rows = [...repeated('single+lucky', five(900)), ...repeated('single+sound', five(100))];
    expect(taken(comparisonOf(rows, { lucky: claiming({}, { order: 'none' }) }))).toBe('single+sound');
  });
});

describe('the recommendation of those that promise the same', () => {
  it('is the fastest that held order in every run, never one that broke it once', () => {
    const broken = repeated('single+broken', [900, 900, 900]).map((one, at) =>
      at === 2 ? { ...one, outcome: 'violated' as const } : one,
    );
    const comparison = comparisonOf([
      ...broken,
      ...repeated('single+slow', [50, 51, 49]),
      ...repeated('single+fast', [100, 101, 99]),
    ]);
    expect(taken(comparison)).toBe('single+fast');
    expect(partOf(comparison, 'why')).toBe(
      '2 of 3 held an order that they promise. Of these 2 it has the highest speed: 2.00 times (1.95 to 2.05) that of single+slow.',
    );
    expect(partOf(comparison, 'worth')).toBe(
      'It was ordered in 3 of 3 runs: at most 64 % of runs are violated, with 95 % confidence. 0 of 3,000 pairs at risk came in the wrong order.',
    );
  });

  it('gives a single run no confidence', () => {
    const comparison = comparisonOf(repeated('single+a', [100]));
    expect(partOf(comparison, 'worth')).toBe(
      'It was ordered in 1 of 1 run. 0 of 1,000 pairs at risk came in the wrong order.',
    );
    expect(comparison.recommendation.text).not.toContain('confidence');
  });

  it('is the one with the lowest p99 among those whose speed cannot be told apart, and only then says so', () => {
    const rows = [
      ...repeated('single+a', [100, 90, 105], { p99: 30 }),
      ...repeated('single+b', [95, 99, 97], { p99: 7 }),
    ];
    const comparison = comparisonOf(rows);
    expect(taken(comparison)).toBe('single+b');
    expect(partOf(comparison, 'why')).toContain(
      'Of these 2 it has the lowest p99: that of single+a is 4.29 times as long.',
    );
    const byPromise = comparisonOf([...repeated('single+retry', five(100), { p99: 90 }), ...rows], { retry });
    expect(taken(byPromise)).toBe('single+retry');
    expect(byPromise.recommendation.text).not.toContain('lowest');
  });

  it('is the one with the lower p50 where p99 is the same', () => {
    const rows = [...repeated('single+a', five(100), { p50: 9 }), ...repeated('single+b', five(100), { p50: 3 })];
    const comparison = comparisonOf(rows);
    expect(taken(comparison)).toBe('single+b');
    expect(partOf(comparison, 'why')).toContain(
      'Of these 2 it has the lowest p50: that of single+a is 3.00 times as long.',
    );
  });

  it('is the one without a repair where all figures are alike', () => {
    const rows = [...repeated('single+version-gate', five(100)), ...repeated('single+retry', five(100))];
    const comparison = comparisonOf(rows, { retry, 'version-gate': gate });
    expect(taken(comparison)).toBe('single+retry');
    expect(partOf(comparison, 'why')).toContain('single+retry does without a buffer of early events');
    expect(partOf(comparison, 'besides')).toContain('single+version-gate held order too, at the same speed.');
  });

  it('is not one that is a quarter slower, however wide its interval', () => {
    const rows = [
      ...repeated('single+a', [100, 101, 99], { p99: 30 }),
      ...repeated('single+b', [20, 150, 20], { p99: 7 }),
    ];
    const comparison = comparisonOf(rows);
    expect(taken(comparison)).toBe('single+a');
    expect(partOf(comparison, 'why')).toContain(
      'Of these 2 it has the highest speed: 2.55 times (0.15 to 45) that of single+b, as measured, which 3 runs are too few to be sure of.',
    );
  });

  it('is the fastest as measured of single runs, and says that these are too few', () => {
    const comparison = comparisonOf([...repeated('single+a', [100]), ...repeated('single+b', [101])]);
    expect(taken(comparison)).toBe('single+b');
    expect(partOf(comparison, 'why')).toContain('as measured, which 1 run is too few to be sure of');
  });
});

describe('the text of the recommendation', () => {
  it('says that it is provisional where rows were left out, and under what all was measured', () => {
    const { recommendation } = comparisonOf(
      repeated('single+a', [100, 101]),
      {},
      { disturb: [{ kind: 'crash', forMs: 100, at: 0.5 }], sweep: [{ field: 'topics', value: '3' }] },
      true,
    );
    expect(recommendation.headline).toBe('Provisional, since not all rows were run. Take single+a.');
    expect(recommendation.text).toContain('disturbed by crash at 50 % of the events, swept over topics 3');
  });

  it('is the headline and all of its parts', () => {
    const { text, headline, parts } = comparisonOf(repeated('single+a', [100, 101])).recommendation;
    expect(text).toBe([headline, ...parts.map((part) => part.text)].join(' '));
  });

  it('names what duplicates alone kept from holding', () => {
    const [row] = repeated('single+a', [100], { outcome: 'violated' });
    const counted = { ...row!, counts: counts({ violations: 4, duplicates: { ...row!.counts.duplicates, total: 4 } }) };
    expect(comparisonOf([counted]).recommendation.text).toContain(
      'single+a was so by duplicates only: --allow duplicate',
    );
  });

  it('is none, with the reason, where none held', () => {
    const { recommendation } = comparisonOf([
      ...repeated('single+a', [100], { outcome: 'violated', regressions: 3 }),
      ...repeated('single+b', [100], { outcome: 'inconclusive' }),
    ]);
    const text = 'None to recommend: 1 candidate was violated and 1 candidate could not be told.';
    expect(recommendation).toEqual({ candidate: null, text, headline: text, because: null, parts: [] });
  });
});

describe('the recommendation by failing handlers', () => {
  const rows = ['single+plain', 'single+retry', 'single+slow'].flatMap((id) =>
    repeated(id, five(id === 'single+slow' ? 50 : 100)),
  );
  const probe = (outcomes: Readonly<Record<string, RunRow['outcome']>>): ProbeInput => ({
    scenario: { ...scenario, handlerFailShare: 0.01, handlerFailure: 'nak' },
    rows: Object.entries(outcomes).map(([id, outcome]) => ({ ...repeated(id, [1], { outcome })[0]!, id: `${id}#1` })),
  });
  const compared = (outcomes: Readonly<Record<string, RunRow['outcome']>>, claims = {}) =>
    comparisonOf(rows, claims, {}, false, probe(outcomes));

  it('takes what held there too, however much faster something else is, whatever is promised', () => {
    const comparison = compared(
      { 'single+plain': 'violated', 'single+retry': 'inconclusive', 'single+slow': 'ordered' },
      { retry },
    );
    expect(taken(comparison)).toBe('single+slow');
    expect(partOf(comparison, 'why')).toContain('1 of these 3 held order too with 1 % of handlings failing.');
    expect(partOf(comparison, 'probe')).toBe(
      'With 1 % of handlings failing, in one run more, it held order. Violated there: single+plain.',
    );
    expect(comparison.recommendation.because).toBe(
      'It handles 0.50 times as much as the baseline, and was ordered in 5 of 5 runs and in one more with 1 % of handlings failing; it does not promise to survive redelivery, a crash of the service or a change of the number of lanes, and was tried as one replica only.',
    );
  });

  it('takes what could not be told before what was violated', () => {
    const comparison = compared({
      'single+plain': 'violated',
      'single+retry': 'inconclusive',
      'single+slow': 'violated',
    });
    expect(taken(comparison)).toBe('single+retry');
    expect(partOf(comparison, 'why')).toContain('1 of these 3 was not violated with 1 % of handlings failing.');
    expect(comparison.recommendation.because).not.toContain('failing');
  });

  it('says so in the headline where all were violated there', () => {
    const comparison = compared({
      'single+plain': 'violated',
      'single+retry': 'violated',
      'single+slow': 'violated',
    });
    expect(comparison.recommendation.headline).toBe(
      'Take single+plain only if handlers never fail: with 1 % of handlings failing it was violated.',
    );
  });

  it('names no faster candidate that was violated there, though it promises to survive redelivery', () => {
    const all = claiming({ redelivery: true, crash: true, resize: true }, { order: 'per-aggregate' });
    const claims = { slow: all, retry };
    const other = (outcome: RunRow['outcome']) =>
      partOf(compared({ 'single+retry': outcome, 'single+slow': 'ordered' }, claims), 'instead');
    expect(other('ordered')).toContain('single+retry will do');
    expect(other('violated')).not.toContain('single+retry');
  });

  it('says nothing of it where nothing was tried', () => {
    const { candidates, probe: load, probeOmitted, recommendation } = compared({});
    expect([load, probeOmitted]).toEqual([null, 'cut-short']);
    expect(candidates.every((one) => one.probe === null)).toBe(true);
    expect(recommendation.text).not.toMatch(/failing/);
  });
});
