/**
 * Explains a row in a few sentences, from its outcome, its reasons, its exposure, the stage at which order was lost
 * and, if there is one, the first cause of the diagnosis. The terms are those of docs/CHECKER.md.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import type { Exposure } from '../../domain/report/verdict.js';
import { formatCount, formatShare, plural } from '../../text/numbers.js';
import { anomaliesOf, decides, decidingOf } from './anomaly-text.js';
import { reasonText } from './reason-text.js';
import { sentence } from './sentence.js';
import { causeOf, furtherCauses, whereAndWhy } from './row-cause-text.js';

export function explainRow(row: RunRow): string {
  const sentences = row.error === null ? explainOutcome(row) : explainError(row, row.error);
  return [...sentences, ...heldBack(row)].join(' ');
}

/** How many early events a strategy that restores order held back. */
function heldBack({ bufferDepthMax }: RunRow): string[] {
  if (bufferDepthMax === null || bufferDepthMax === 0) return [];
  return [`The bus held early events back, at most ${formatCount(bufferDepthMax)} at once.`];
}

function explainOutcome(row: RunRow): string[] {
  switch (row.outcome) {
    case 'violated':
      return explainViolated(row);
    case 'ordered':
      return explainOrdered(row);
    case 'inconclusive':
      return explainInconclusive(row);
  }
}

function explainError(row: RunRow, error: NonNullable<RunRow['error']>): string[] {
  const { published, handled } = row.counts;
  const recorded =
    published + handled === 0
      ? 'Nothing had been recorded.'
      : `Recorded until then: ${formatCount(published)} published, ${formatCount(handled)} handled.`;
  const found = row.outcome === 'violated' ? explainViolated(row) : [];
  if (error.code === 'unsupported') return [`Not run: ${sentence(error.message, false)} ${sentence(error.wayOut)}`];
  return [`The run ended early: ${sentence(error.message, false)} ${sentence(error.wayOut)}`, recorded, ...found];
}

function explainViolated(row: RunRow): string[] {
  const [main, ...others] = decidingOf(row);
  if (main === undefined) return [`${plural(row.counts.violations, 'violation')} were counted.`];
  const besides = others.length === 0 ? [] : [`Besides: ${others.map((anomaly) => anomaly.short).join(', ')}.`];
  const where = main.of === 'regression' ? whereAndWhy(row) : causeOf(row, false);
  const cutShort = row.reasons.filter(({ kind }) => kind !== 'anomaly').map((reason) => sentence(reasonText(reason)));
  return [
    ...[main.long, ...where, ...besides, ...furtherCauses(row)],
    ...[...allowedOf(row), ...cutShort, ...unseenOf(row), ...unpublishedOf(row)],
  ];
}

function allowedOf(row: RunRow): string[] {
  const found = anomaliesOf(row);
  const allowed = row.outcome === 'violated' ? found.filter((anomaly) => !decides(anomaly, row)) : found;
  return allowed.length === 0 ? [] : [`Allowed by the scenario: ${allowed.map(({ short }) => short).join(', ')}.`];
}

function explainOrdered(row: RunRow): string[] {
  return [`Order held: ${exposureOf(row.exposure)} came in the wrong order.`, ...allowedOf(row), ...unpublishedOf(row)];
}

function explainInconclusive(row: RunRow): string[] {
  const { reasons, counts, exposure } = row;
  const isLatent = reasons.some(({ kind }) => kind === 'latent');
  const isVacuous = exposure.atRiskPairs === 0 && exposure.invertedPairs === 0;
  // Pairs that were never handled could not come in the wrong order.
  const saysLittle = counts.unseen > counts.handled;
  const soFar = isVacuous || isLatent || saysLittle ? [] : [`So far ${exposureOf(exposure)} came in the wrong order.`];
  return [
    ...reasons.map((reason) => sentence(reasonText(reason))),
    ...(isLatent ? causeOf(row, true) : []),
    ...soFar,
    ...unseenOf(row),
  ];
}

/**
 * `0 of 4,812 pairs at risk`, or, if pairs came in the wrong order, their share of the contested pairs:
 * `8 of 1,000 contested pairs (0.80 %)`. There is no interval, since the pairs of one run are not independent.
 */
export function exposureOf({ invertedPairs, contestedPairs, atRiskPairs, regressionRate }: Exposure): string {
  if (invertedPairs === 0) return `0 of ${plural(atRiskPairs, 'pair')} at risk`;
  const { value } = regressionRate;
  const share = value === null ? '' : ` (${formatShare(value)})`;
  return `${formatCount(invertedPairs)} of ${plural(contestedPairs, 'contested pair')}${share}`;
}

/**
 * `3 of 5,000 publishes were refused or not answered`; null: none, or the run was cut off while some were under way.
 */
export function unpublishedText({ counts, reasons, error }: RunRow): string | null {
  const failed = counts.published - counts.acked;
  if (failed === 0 || error !== null || reasons.some(({ kind }) => kind === 'interrupted')) return null;
  return `${formatCount(failed)} of ${plural(counts.published, 'publish', 'publishes')} were refused or not answered`;
}

function unpublishedOf(row: RunRow): string[] {
  const text = unpublishedText(row);
  return text === null ? [] : [`${text}.`];
}

/** Acknowledged events that were not handled by the end of the run, unless an incomplete drain is a reason already. */
function unseenOf({ counts, reasons }: RunRow): string[] {
  return counts.unseen === 0 || reasons.some(({ kind }) => kind === 'drain-incomplete')
    ? []
    : [
        `${plural(counts.unseen, 'acknowledged event')} had not been handled when the run ended; whether they are lost is not known.`,
      ];
}
