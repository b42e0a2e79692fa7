/** Two reports that differ in one thing. */
import type { ReportDifference } from '../../../src/domain/report/report-difference.js';
import type { RunReport, RunRow } from '../../../src/domain/report/run-report.js';
import { differenceOf } from '../../../src/gate/difference/report-difference.js';
import { report, row, violatedRow } from '../../report/fixtures.js';

export function between(a: RunReport, b: RunReport): ReportDifference {
  return differenceOf({ source: 'a.json', report: a }, { source: 'b.json', report: b });
}

/** Reports of the same load, of which B was made with another seed, so that they differ by chance. */
export function sampled(a: readonly RunRow[], b: readonly RunRow[]): ReportDifference {
  const of = report(b);
  return between(report(a), { ...of, scenario: { ...of.scenario!, seed: of.scenario!.seed + 1 } });
}

/** So many repeats of `single`, the first ones violated. */
export function repeats(runs: number, violated = 0, overrides: Partial<RunRow> = {}): RunRow[] {
  return Array.from({ length: runs }, (_, at) => {
    const id = `single#${String(at + 1)}`;
    return at < violated ? violatedRow(id, overrides) : row(id, overrides);
  });
}

/** Repeats of `single` that handled so many events a second. */
export function atRates(...rates: readonly number[]): RunRow[] {
  return rates.map((handledPerSecond, at) =>
    row(`single#${String(at + 1)}`, { throughput: { publishedPerSecond: 100, handledPerSecond } }),
  );
}
