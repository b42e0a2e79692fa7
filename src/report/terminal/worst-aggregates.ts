/**
 * Which aggregates suffered most, and how exactly? For the worst run of every violated row a few aggregates, a line
 * each, in the form in which one finds them again in one's own log: aggregate, version after version, received
 * sequence, and the stage at which their order was lost.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import type { AggregateFinding } from '../../domain/report/verdict.js';
import { formatCount, plural } from '../../text/numbers.js';
import { worstOf, type RowGroup } from '../repeats/row-order.js';
import { renderEntries, shortened, wrapText } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { Theme } from './theme.js';
import { positionOf, whyLost } from '../words/where-lost.js';

const groupsShown = 3;

export interface WorstOptions {
  readonly width: number;
  readonly theme: Theme;
  readonly label: (row: RunRow) => string;
}

/** One block of lines a row; none where no aggregate has an anomaly. */
export function renderWorstAggregates(groups: readonly RowGroup[], options: WorstOptions): string[][] {
  const worst = groups.flatMap(({ rows: [first, ...others] }) => {
    if (first === undefined) return [];
    const row = worstOf([first, ...others]);
    return row.aggregates.length > 0 ? [row] : [];
  });
  const each = worst.length === 1 ? 5 : 3;
  const blocks = worst.slice(0, groupsShown).map((row) => renderRow(row, each, options));
  const left = worst.length - groupsShown;
  const rest = `The aggregates of ${plural(left, 'more row')} are in the report.`;
  return left > 0 ? [...blocks, wrapText(rest, options.width)] : blocks;
}

function renderRow(row: RunRow, most: number, { width, theme, label }: WorstOptions): string[] {
  const share = `  ${formatCount(row.aggregatesWithAnomalies)} of ${formatCount(row.aggregatesTotal)} have anomalies`;
  const title = `Worst aggregates of ${printable(label(row))}`;
  const entries = row.aggregates.slice(0, most).map((finding) => ({
    name: printable(`${finding.aggregateId} (${finding.topic})`),
    text: theme.text(printable(describe(finding))),
  }));
  return [
    `${theme.strong(shortened(title, width - share.length, theme.ellipsis))}${theme.faint(share)}`,
    ...renderEntries(entries, { width, widestName: 24 }),
  ];
}

function describe(finding: AggregateFinding): string {
  const [example] = finding.examples;
  if (example === undefined) return countsOf(finding);
  const where = example.receivedSequence === null ? '' : `, ${positionOf(example.witness.late)}`;
  const first = `version ${example.version} came after ${example.afterVersion}${where}, lost order at ${example.origin}: ${whyLost(example)}`;
  const oneOf = finding.regressions > 1 ? [`1 of ${plural(finding.regressions, 'regression')}`] : [];
  const aside = [...oneOf, ...besides(finding)].join(', ');
  return aside === '' ? first : `${first} (${aside})`;
}

function countsOf(finding: AggregateFinding): string {
  const { regressions, gaps } = finding;
  const parts = [...(regressions > 0 ? [plural(regressions, 'regression')] : []), ...besides(finding)];
  if (parts.length > 0) return parts.join(', ');
  return plural(gaps, 'gap');
}

function besides(finding: AggregateFinding): string[] {
  const { duplicates, lost, splitKeys, storeInversions, overlaps, completionInversions, phantoms } = finding;
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
