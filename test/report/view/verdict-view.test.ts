/** The verdict at the top of a report: no row is left out, none is told twice, and its numbers are those of the rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRepeats } from '../../../src/report/repeats/row-order.js';
import { verdictView } from '../../../src/report/view/verdict-view.js';
import { anyReport } from '../arbitraries.js';
import { counts, report, row, threeModes, violatedRow } from '../fixtures.js';
import { anomaly } from '../fixtures.js';
import { someCause } from '../../gate/some-cause.js';

describe('the verdict of a report', () => {
  it('is about every row of any report, and about each once', () => {
    fc.assert(
      fc.property(anyReport, (given) => {
        const { findings } = verdictView(given);
        const told = findings.flatMap(({ rows }) => rows);
        expect([...told].sort()).toEqual(
          groupRepeats(given.runs)
            .map(({ label }) => label)
            .sort(),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('calls a row ordered only if all of its runs are, and violated if one is', () => {
    fc.assert(
      fc.property(anyReport, (given) => {
        const groups = new Map(groupRepeats(given.runs).map(({ label, rows }) => [label, rows]));
        for (const { status, rows } of verdictView(given).findings) {
          for (const label of rows) {
            const outcomes = groups.get(label)!.map(({ outcome }) => outcome);
            if (status.outcome === 'ordered') expect(new Set(outcomes)).toEqual(new Set(['ordered']));
            else expect(outcomes).toContain(status.outcome);
            if (outcomes.includes('violated')) expect(status.outcome).toBe('violated');
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('names at most as many pairs as its ordered rows have at risk, and none out of order that is not', () => {
    fc.assert(
      fc.property(anyReport, (given) => {
        const held = verdictView(given).findings.find(({ status }) => status.outcome === 'ordered');
        if (held === undefined) return;
        const rows = given.runs.filter(({ id }) => held.rows.includes(id.replace(/#\d+$/, '')));
        const sum = rows.reduce((total, { exposure }) => total + exposure.atRiskPairs, 0);
        expect(held.text).toContain(` of ${sum.toLocaleString('en-US')} pair`);
      }),
      { numRuns: 200 },
    );
  });

  it('tells of causes that have broken nothing, of undecided and of violated rows', () => {
    const latent = someCause('dead-client-holds-pending', { latent: true });
    const [undecided] = verdictView(report([row('single#1', { outcome: 'inconclusive', causes: [latent] })])).findings;
    expect(undecided!.because).toEqual([{ title: 'Latent', text: 'dead-client-holds-pending (certain)' }]);
    const causes = [someCause('crash-redelivery'), latent];
    const [violated] = verdictView(report([{ ...violatedRow(), causes }])).findings;
    expect(violated!.because.map(({ title }) => title)).toEqual(['Cause', 'Fix', 'Latent']);
  });

  it('says that a cause was not found rather than none at all', () => {
    const [violated] = verdictView(threeModes()).findings;
    expect(violated!.because).toEqual([
      { title: 'Cause', text: 'not explained; order is lost between broker and subscription' },
    ]);
  });

  it('names the most of any run, which is not always the run with the most violations', () => {
    const lost = (id: string, regressions: number, lostEvents: number) =>
      violatedRow(id, {
        reasons: [anomaly('regression', regressions), anomaly('loss', lostEvents)],
        counts: counts({ regressions, lost: lostEvents, violations: regressions + lostEvents }),
      });
    const { findings } = verdictView(report([lost('single#1', 9, 0), lost('single#2', 2, 90)]));
    expect(findings[0]!.text).toBe(
      'single loses order in 2 of 2 runs: up to 9 of 5,000 events came after a higher version.',
    );
  });

  it('tells a row that was not run from one that ended early', () => {
    const failed = (code: string) =>
      ({ outcome: 'inconclusive', error: { code, message: 'it cannot.', wayOut: '' } }) as const;
    const texts = verdictView(
      report([row('a#1', failed('unsupported')), row('b#1', failed('broker-lost'))]),
    ).findings.map(({ text }) => text);
    expect(texts).toEqual(['a was not run: it cannot.', 'b ended early: it cannot.']);
  });
});
