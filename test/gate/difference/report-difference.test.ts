/** What differs between two reports: beforehand, and in counts, causes and reasons of each row. */
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../src/domain/report/run-report.js';
import { drainIncomplete, report, row, sharedSource, threeModes, violatedRow } from '../../report/fixtures.js';
import { someCause } from '../some-cause.js';
import { between, repeats, sampled } from './difference-fixtures.js';

const cause = (id: string, latent = false): Cause => ({ ...someCause(id), latent });

describe('two reports', () => {
  it('of the same run do not differ', () => {
    const { differs, isLoadKnown, rows, onlyA, onlyB } = between(threeModes(), threeModes());
    expect({ differs, isLoadKnown, onlyA, onlyB }).toEqual({ differs: [], isLoadKnown: true, onlyA: [], onlyB: [] });
    expect(rows).toHaveLength(3);
    for (const { basis, outcome, counts, causes, reasons, speed } of rows) {
      expect([basis, outcome.change]).toEqual(['exact', 'same']);
      expect(counts.every(({ a, b }) => a === b)).toBe(true);
      expect([causes, reasons]).toEqual([
        { a: [], b: [] },
        { a: [], b: [] },
      ]);
      expect(speed.every(({ result }) => result === 'same')).toBe(true);
    }
  });

  it('differ in load, tool and machine, in this order, each with its field', () => {
    const a = threeModes();
    const b = {
      ...a,
      scenario: { ...a.scenario!, topics: 3 },
      tool: { ...a.tool, version: '0.2.0' },
      environment: { ...a.environment, cores: 8 },
    };
    expect(between(a, b).differs).toEqual([
      { of: 'load', field: 'topics', a: a.scenario!.topics, b: 3 },
      { of: 'tool', field: 'version', a: '0.1.0', b: '0.2.0' },
      { of: 'machine', field: 'cores', a: 2, b: 8 },
    ]);
  });

  it('may differ in load if one is of a trace, which does not know it', () => {
    const { isLoadKnown, rows } = between(threeModes(), { ...threeModes(), scenario: null });
    expect(isLoadKnown).toBe(false);
    expect(rows.every(({ basis }) => basis === 'sampled')).toBe(true);
  });
});

describe('a row is compared exactly', () => {
  const basisOf = (a: Parameters<typeof report>[0], b: typeof a): string | undefined =>
    between(report(a), report(b)).rows[0]?.basis;

  it('only with the same repeats, in virtual time, run to their end', () => {
    expect(basisOf(repeats(2), repeats(2))).toBe('exact');
    expect(basisOf(repeats(2), repeats(3))).toBe('sampled');
    expect(basisOf(repeats(2, 0, { clock: 'wall' }), repeats(2, 0, { clock: 'wall' }))).toBe('sampled');
    const error = { code: 'x', message: 'x', wayOut: 'x' };
    expect(basisOf(repeats(2), repeats(2, 0, { error }))).toBe('sampled');
    expect(basisOf(repeats(2), repeats(2, 0, { strategy: 'serial' }))).toBe('sampled');
  });

  it('only with one load and seed', () => {
    expect(sampled(repeats(2), repeats(2)).rows[0]!.basis).toBe('sampled');
  });
});

describe('a row', () => {
  it('has the sums of its counts over all runs, and null for what a run does not know', () => {
    const { counts } = sampled(repeats(3, 2), repeats(2)).rows[0]!;
    expect(counts.find(({ count }) => count === 'regressions')).toEqual({ count: 'regressions', a: 856, b: 0 });
    expect(counts.find(({ count }) => count === 'published')).toEqual({ count: 'published', a: 15_000, b: 10_000 });
  });

  it('has the causes that only one side names, with their runs, and latent ones apart', () => {
    const a = [
      violatedRow('single#1', { causes: [cause('shared-durable'), cause('crash')] }),
      violatedRow('single#2', { causes: [cause('shared-durable')] }),
    ];
    const b = [violatedRow('single#1', { causes: [cause('crash'), cause('shared-durable', true)] })];
    expect(sampled(a, b).rows[0]!.causes).toEqual({
      a: [{ id: 'shared-durable', latent: false, confidence: 'certain', runs: 2 }],
      b: [{ id: 'shared-durable', latent: true, confidence: 'certain', runs: 1 }],
    });
  });

  it('has the reasons beside anomalies that only one side gives, each once', () => {
    const [latent, undecided] = [sharedSource(3, 4), drainIncomplete(7, '3 events')];
    const a = repeats(2, 0, { outcome: 'inconclusive', reasons: [latent, undecided] });
    const b = repeats(2, 1).map((one, at) =>
      at === 0 ? one : { ...one, outcome: 'inconclusive' as const, reasons: [drainIncomplete(9, '5 events')] },
    );
    expect(sampled(a, b).rows[0]!.reasons).toEqual({ a: [latent], b: [] });
  });

  it('says what of it differs: on servers their versions too, on the simulator the broker', () => {
    const on = (kind: string, version: string) =>
      row('single#1', { broker: { kind, version, url: null }, clock: kind === 'nats' ? 'wall' : 'virtual' });
    const differs = (a: ReturnType<typeof on>, b: typeof a): unknown => sampled([a], [b]).rows[0]!.differs;
    expect(differs(on('nats', '2.10'), on('nats', '2.11'))).toEqual([
      { of: 'row', field: 'broker.version', a: '2.10', b: '2.11' },
    ]);
    expect(differs(on('sim:jetstream', '0.1'), on('sim:jetstream', '0.2'))).toEqual([]);
    expect(differs(on('sim:jetstream', '0.1'), on('nats', '2.11'))).toContainEqual({
      of: 'row',
      field: 'clock',
      a: 'virtual',
      b: 'wall',
    });
  });
});
