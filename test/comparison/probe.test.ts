/** The second load of a comparison, and what is read from its rows. */
import { describe, expect, it } from 'vitest';
import { probeOf, probeOmissionOf, probeOutcomeOf } from '../../src/comparison/probe.js';
import { counts, row, scenario, sharedSource, tooFewAtRisk } from '../report/fixtures.js';

describe('the load of a probe', () => {
  it('is that of the rows with failing handlers, once', () => {
    const probe = probeOf(
      { ...scenario, repeat: 59, warmUp: 1, untilAtRisk: 900, confidence: 0.95, within: 0.05, handlerFailure: 'throw' },
      0.02,
    );
    expect(probe).toEqual({
      ...scenario,
      handlerFailShare: 0.02,
      handlerFailure: 'nak',
      repeat: 1,
      warmUp: 0,
      untilAtRisk: null,
      confidence: null,
      within: null,
    });
  });

  it.each([
    ['has as many versions as the rows, up to 5,000 events', 50, 100, 100],
    ['is short where the rows are long', 50, 100_000, 100],
    ['has 20 versions however many aggregates there are, so that pairs are at risk', 10_000, 100, 20],
    ['has no more versions than the rows', 10_000, 3, 3],
  ])('%s', (_, aggregates, versions, probed) => {
    expect(probeOf({ ...scenario, aggregates, versions }, 0.01).versions).toBe(probed);
  });

  it.each([
    ['none is asked for', {}, 0, 'off'],
    ['handlers fail already', { handlerFailShare: 0.02 }, 0.01, 'handlers-fail'],
    ['a setting is swept', { sweep: [{ field: 'topics', value: '2' }] }, 0.01, 'swept'],
    ['nothing speaks against it', {}, 0.01, null],
  ] as const)('is left out, or not, where %s', (_, changed, share, omitted) => {
    expect(probeOmissionOf({ ...scenario, ...changed }, share)).toBe(omitted);
  });
});

describe('the outcome of a probe', () => {
  const { duplicates } = counts();

  it('tells what was redone from what came twice though it had been handled', () => {
    const found = probeOutcomeOf(
      row('single#1', { counts: counts({ retries: 3, duplicates: { ...duplicates, total: 9, redone: 7 } }) }),
    );
    expect(found).toMatchObject({ outcome: 'ordered', duplicates: 2, redone: 7, retries: 3, unclearBy: null });
  });

  it('names what keeps an inconclusive run from being a pass, by its kind', () => {
    const unclearBy = (reason: ReturnType<typeof tooFewAtRisk>) =>
      probeOutcomeOf(row('single#1', { outcome: 'inconclusive', reasons: [reason] }))!.unclearBy;
    expect(unclearBy(tooFewAtRisk(2, 2))).toBe('too-few-at-risk');
    expect(unclearBy(sharedSource(1, 1))).toBe('latent:shared-source');
  });

  it('is none of a row that an error or an interrupt ended', () => {
    const error = { code: 'broker-unavailable', message: 'gone', wayOut: 'again' };
    expect(probeOutcomeOf(row('single#1', { error }))).toBeNull();
    const interrupted = { kind: 'interrupted', of: null, numbers: {}, detail: null } as const;
    expect(probeOutcomeOf(row('single#1', { outcome: 'inconclusive', reasons: [interrupted] }))).toBeNull();
  });
});
