/**
 * Describes the aggregates with the most anomalies, in the worst run of every row: one finding for each aggregate, with
 * the details by which people find the events in their own log: the versions, the sequence or offset, and the stage at
 * which order was lost.
 */
import type { AggregateFinding } from '../../domain/report/verdict.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import { worstOf, type RowGroup } from '../repeats/row-order.js';
import { positionOf, whyLost } from '../words/origin-text.js';
import type { Section } from './model/finding.js';
import type { RowNaming } from './row-naming.js';

/** One section for each group of rows, unless no aggregate in its worst run has an anomaly. */
export function worstAggregatesView(groups: readonly RowGroup[], naming: RowNaming): Section[] {
  return groups.flatMap(({ rows: [first, ...others] }) => {
    if (first === undefined) return [];
    const worst = worstOf([first, ...others]);
    return worst.aggregates.length > 0 ? [sectionOf(worst, naming)] : [];
  });
}

function sectionOf(row: RunRow, { label }: RowNaming): Section {
  return {
    title: `Worst aggregates of ${label(row)}`,
    aside: `${formatCount(row.aggregatesWithAnomalies)} of ${formatCount(row.aggregatesTotal)} have anomalies`,
    findings: row.aggregates.map((found) => ({
      status: null,
      title: `${found.aggregateId} (${found.topic})`,
      text: aggregateText(found),
    })),
  };
}

function aggregateText(found: AggregateFinding): string {
  const [example] = found.examples;
  if (example === undefined) return countsOf(found);
  const where = example.receivedSequence === null ? '' : `, ${positionOf(example.witness.late)}`;
  const first = `version ${example.version} came after ${example.afterVersion}${where}, lost order at ${example.origin}: ${whyLost(example)}`;
  const oneOf = found.regressions > 1 ? [`1 of ${plural(found.regressions, 'regression')}`] : [];
  const aside = [...oneOf, ...besides(found)].join(', ');
  return aside === '' ? first : `${first} (${aside})`;
}

function countsOf(found: AggregateFinding): string {
  const { regressions, gaps } = found;
  const parts = [...(regressions > 0 ? [plural(regressions, 'regression')] : []), ...besides(found)];
  if (parts.length > 0) return parts.join(', ');
  return plural(gaps, 'gap');
}

function besides(found: AggregateFinding): string[] {
  const { duplicates, lost, splitKeys, storeInversions, overlaps, completionInversions, phantoms } = found;
  return [
    ...(duplicates > 0 ? [plural(duplicates, 'duplicate')] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
    ...(splitKeys > 0 ? ['in several partitions'] : []),
    ...(storeInversions > 0 ? [`${formatCount(storeInversions)} stored out of order`] : []),
    ...(overlaps > 0 ? [plural(overlaps, 'overlap')] : []),
    ...(completionInversions > 0 ? [plural(completionInversions, 'completion inversion')] : []),
    ...(phantoms > 0 ? [plural(phantoms, 'phantom')] : []),
  ];
}
