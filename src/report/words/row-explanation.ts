/**
 * What a row means, in a sentence or two: from its outcome, its reasons, its exposure, the stage at which order was lost
 * and, where there is one, the first cause of the diagnosis. Words are those of docs/CHECKER.md. Everything goes by the
 * row's data: no reason, evidence or remedy is read in words.
 */
import { stages, type Origin } from '../../domain/observation.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';
import type { Exposure } from '../../domain/report/verdict.js';
import { evidenceText } from './evidence-text.js';
import { formatCount, formatShare, plural, shareOf } from '../../text/numbers.js';
import { reasonText } from './reason-text.js';
import { remedyText } from './remedy-text.js';
import { whereIs } from './where-lost.js';

export function explainRow(row: RunRow): string {
  const sentences = row.error === null ? explainOutcome(row) : explainError(row, row.error);
  return [...sentences, ...heldBack(row)].join(' ');
}

/** What order cost a strategy that makes it. */
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
  const deciding = anomaliesOf(row).filter((anomaly) => decides(anomaly, row));
  const [main, ...others] = deciding;
  if (main === undefined) return [`${plural(row.counts.violations, 'violation')} were counted.`];
  const besides = others.length === 0 ? [] : [`Besides: ${others.map((anomaly) => anomaly.short).join(', ')}.`];
  const where = main.of === 'regression' ? whereAndWhy(row) : causeOf(row, false);
  const cutShort = row.reasons.filter(({ kind }) => kind !== 'anomaly').map((reason) => sentence(reasonText(reason)));
  return [
    ...[main.long, ...where, ...besides, ...furtherCauses(row)],
    ...[...allowedOf(row), ...cutShort, ...unseenOf(row), ...unpublishedOf(row)],
  ];
}

/** A report of schema version 1 does not say which kinds decided: all do. */
function decides({ of }: Anomaly, { reasons }: RunRow): boolean {
  const kinds = reasons.flatMap((reason) => (reason.kind === 'anomaly' ? [reason.of] : []));
  return kinds.length === 0 || kinds.includes(of);
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
 * `0 of 4,812 pairs at risk`. Pairs that came in the wrong order are counted among those that the workload pressed:
 * `8 of 1,000 contested pairs (0.80 %)`. One run has no interval, since its pairs stand or fall together.
 */
export function exposureOf({ invertedPairs, contestedPairs, atRiskPairs, regressionRate }: Exposure): string {
  if (invertedPairs === 0) return `0 of ${plural(atRiskPairs, 'pair')} at risk`;
  const { value } = regressionRate;
  const share = value === null ? '' : ` (${formatShare(value)})`;
  return `${formatCount(invertedPairs)} of ${plural(contestedPairs, 'contested pair')}${share}`;
}

interface Anomaly {
  readonly of: AnomalyKind;
  readonly long: string;
  readonly short: string;
}

/** The anomalies that the row has, of kinds that decide unless they are allowed, the gravest first. */
function anomaliesOf({ counts }: RunRow): Anomaly[] {
  const { duplicates } = counts;
  const repeated = duplicates.total - duplicates.redone;
  const late = `${formatCount(counts.regressions)} of ${plural(counts.published, 'event')} reached ${counts.regressions === 1 ? 'its' : 'their'} handler after a higher version of the same aggregate`;
  const table: readonly (readonly [number, AnomalyKind, string, string])[] = [
    [counts.regressions, 'regression', `${late}.`, plural(counts.regressions, 'regression')],
    [counts.lost, 'loss', lostText(counts.lost), `${formatCount(counts.lost)} lost`],
    [
      repeated,
      'duplicate',
      `No event came late, but ${plural(repeated, 'event')} came again${kindsOfDuplicates(duplicates)}.`,
      plural(repeated, 'duplicate'),
    ],
    [
      counts.storeInversions,
      'store-inversion',
      `${lieBehind(counts.storeInversions)}.`,
      plural(counts.storeInversions, 'store inversion'),
    ],
    [counts.splitKeys, 'split-key', `${areSplit(counts.splitKeys)}.`, plural(counts.splitKeys, 'split key')],
    [
      counts.overlaps,
      'overlap',
      `${plural(counts.overlaps, 'time')} two events of one aggregate were handled at once.`,
      plural(counts.overlaps, 'overlap'),
    ],
    [
      counts.completionInversions,
      'completion-inversion',
      `${plural(counts.completionInversions, 'event')} started in order and ended after a higher version.`,
      plural(counts.completionInversions, 'completion inversion'),
    ],
    [
      counts.phantoms,
      'phantom',
      `${plural(counts.phantoms, 'event')} arrived that nobody had published.`,
      plural(counts.phantoms, 'phantom'),
    ],
  ];
  return table.filter(([count]) => count > 0).map(([, of, long, short]) => ({ of, long, short }));
}

/** ` (3 redelivered, 1 stored twice)`, without what there is none of. */
function kindsOfDuplicates({ redelivered, storedTwice, unflagged }: RunRow['counts']['duplicates']): string {
  const kinds = [
    ...(redelivered > 0 ? [`${formatCount(redelivered)} redelivered`] : []),
    ...(storedTwice > 0 ? [`${formatCount(storedTwice)} stored twice`] : []),
    ...(unflagged > 0 ? [`${formatCount(unflagged)} for a reason that nothing tells`] : []),
  ];
  return kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
}

/** A handling may have been started, and failed each time. */
function lostText(lost: number): string {
  return `${plural(lost, 'event')} whose publishing had succeeded ${lost === 1 ? 'is' : 'are'} lost: no handling of ${lost === 1 ? 'it' : 'them'} succeeded.`;
}

function whereAndWhy(row: RunRow): string[] {
  const [origin, count] = mainOrigin(row);
  const cause = causeOf(row, false);
  if (count === 0) return cause;
  const { regressions } = row.counts;
  const all = regressions === 1 ? 'Here' : 'In all of them';
  const which = count < regressions ? `In ${formatCount(count)} of them` : all;
  if (origin === 'unknown') return [`${which} the stage cannot be told, since a stamp is missing.`, ...cause];
  const already = origin === 'start' ? '' : 'already ';
  const sign = cause.length > 0 ? '' : signOf(row, origin);
  return [`${which} order was ${already}lost at ${origin}, i.e. ${whereIs(origin)}${sign}.`, ...cause];
}

function lieBehind(storeInversions: number): string {
  return `${plural(storeInversions, 'event')} ${storeInversions === 1 ? 'lies' : 'lie'} in the log behind a higher version`;
}

function areSplit(splitKeys: number): string {
  return `${plural(splitKeys, 'aggregate')} ${splitKeys === 1 ? 'has' : 'have'} events of one topic in more than one partition`;
}

/** The stage that has most regressions, which happen before finish; of two with equally many the earlier one. */
function mainOrigin(row: RunRow): [Origin, number] {
  const origins: readonly Origin[] = [...stages.filter((stage) => stage !== 'finish'), 'unknown'];
  return origins
    .map((origin): [Origin, number] => [origin, row.origins[origin]])
    .reduce((most, next) => (next[1] > most[1] ? next : most));
}

/** What the counts show beside the stage, where no diagnosis says more. */
function signOf(row: RunRow, origin: Origin): string {
  const { counts } = row;
  if (origin === 'deliver' || origin === 'submit') return misroutesOf(row, ': ');
  if (origin === 'store' && counts.splitKeys > 0) {
    return `: ${areSplit(counts.splitKeys)}`;
  }
  if (origin === 'store' && counts.storeInversions > 0) {
    return `: ${lieBehind(counts.storeInversions)}`;
  }
  return '';
}

function misroutesOf({ counts }: RunRow, before: string): string {
  const share = shareOf(counts.misroutes, counts.delivered);
  if (share === null || counts.misroutes === 0) return '';
  return `${before}${formatShare(share)} of deliveries went to a subscription that does not own their topic`;
}

/** The first cause that explains an anomaly, or the first latent one: its evidence and what to do about it. */
function causeOf(row: RunRow, latent: boolean): string[] {
  const cause = row.causes.find((candidate) => candidate.latent === latent);
  if (cause === undefined) return [];
  const evidence = cause.evidence.slice(0, 1).map((claim) => sentence(evidenceText(claim)));
  return [
    `Cause: ${cause.id} (${cause.confidence}).`,
    ...evidence,
    `Remedy: ${sentence(remedyText(cause.remedy), false)}`,
  ];
}

/** Causes beside the one that was told; what each explains, and its evidence, is in the report. */
function furtherCauses({ causes }: RunRow): string[] {
  const further = causes.filter(({ latent }) => !latent).slice(1);
  return further.length === 0
    ? []
    : [`Further causes: ${further.map(({ id, confidence }) => `${id} (${confidence})`).join(', ')}.`];
}

/** Publish calls that failed, unless the run was cut off while some were under way. */
function unpublishedOf({ counts, reasons, error }: RunRow): string[] {
  const failed = counts.published - counts.acked;
  if (failed === 0 || error !== null || reasons.some(({ kind }) => kind === 'interrupted')) return [];
  return [
    `${formatCount(failed)} of ${plural(counts.published, 'publish', 'publishes')} were refused or not answered.`,
  ];
}

/** What was published and not seen to its end, unless the drain says so already. */
function unseenOf({ counts, reasons }: RunRow): string[] {
  return counts.unseen === 0 || reasons.some(({ kind }) => kind === 'drain-incomplete')
    ? []
    : [
        `${plural(counts.unseen, 'acknowledged event')} had not been handled when the run ended; whether they are lost is not known.`,
      ];
}

/** The text with a capital at its beginning and one full stop at its end. */
function sentence(text: string, capital = true): string {
  const trimmed = text.trim().replace(/[.\s]+$/, '');
  return `${capital ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed}.`;
}
