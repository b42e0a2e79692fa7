/**
 * Puts anomalies into words: the count of one kind, and the anomalies of a row, each as a sentence and in short. The
 * terms are those of docs/CHECKER.md.
 */
import type { ExplainedKind } from '../../domain/report/anomaly-signature.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Counts } from '../../domain/report/verdict.js';
import { decidingAnomalies } from '../../domain/report/violations.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';
import { formatCount, plural } from '../../text/numbers.js';

/** The noun for one anomaly of each kind, and for several. */
const anomalyNouns: Readonly<Record<AnomalyKind, readonly [one: string, many: string]>> = {
  regression: ['regression', 'regressions'],
  duplicate: ['duplicate', 'duplicates'],
  loss: ['lost event', 'lost events'],
  phantom: ['phantom', 'phantoms'],
  'store-inversion': ['store inversion', 'store inversions'],
  'split-key': ['split key', 'split keys'],
  overlap: ['overlap', 'overlaps'],
  'completion-inversion': ['completion inversion', 'completion inversions'],
};

/** `428 regressions`. */
export function anomalyText(kind: AnomalyKind, count: number): string {
  const [one, many] = anomalyNouns[kind];
  return plural(count, one, many);
}

export interface RowAnomaly {
  readonly of: AnomalyKind;
  readonly count: number;
  /** A sentence. */
  readonly long: string;
  /** `3 lost`. */
  readonly short: string;
}

/** The anomalies of the row of all deciding kinds, allowed or not, the gravest first. */
export function anomaliesOf({ counts }: RunRow): RowAnomaly[] {
  const found = new Map(decidingAnomalies(counts));
  return (Object.keys(sentences) as AnomalyKind[]).flatMap((of) => {
    const count = found.get(of) ?? 0;
    if (count <= 0) return [];
    const short = of === 'loss' ? `${formatCount(count)} lost` : anomalyText(of, count);
    return [{ of, count, long: `${sentences[of](count, counts)}.`, short }];
  });
}

/** The anomalies that made the row violated; none if it is not violated. */
export function decidingOf(row: RunRow): RowAnomaly[] {
  return row.outcome === 'violated' ? anomaliesOf(row).filter((anomaly) => decides(anomaly, row)) : [];
}

const explainedKinds: Readonly<Record<AnomalyKind, ExplainedKind>> = {
  regression: 'regressions',
  duplicate: 'duplicates',
  loss: 'lost',
  phantom: 'phantoms',
  'store-inversion': 'storeInversions',
  'split-key': 'splitKeys',
  overlap: 'overlaps',
  'completion-inversion': 'completionInversions',
};

/** `19 of 59 anomalies are not explained`; null: every anomaly that made the row violated is. */
export function unexplainedText(row: RunRow): string | null {
  const deciding = decidingOf(row);
  const total = deciding.reduce((sum, { count }) => sum + count, 0);
  const unexplained = deciding.reduce((sum, { of }) => sum + row.unexplained[explainedKinds[of]], 0);
  if (unexplained === 0) return null;
  const of = unexplained === total ? '' : ` of ${formatCount(total)}`;
  const one = total === 1;
  return `${formatCount(unexplained)}${of} ${one ? 'anomaly' : 'anomalies'} ${unexplained === 1 ? 'is' : 'are'} not explained`;
}

/** Whether the anomaly made the row violated. A report of schema version 1 does not say which kinds did: all count. */
export function decides({ of }: RowAnomaly, { reasons }: RunRow): boolean {
  const kinds = reasons.flatMap((reason) => (reason.kind === 'anomaly' ? [reason.of] : []));
  return kinds.length === 0 || kinds.includes(of);
}

/** A sentence for each kind, without its full stop, the gravest kind first. */
const sentences: Readonly<Record<AnomalyKind, (count: number, counts: Counts) => string>> = {
  regression: (count, { published }) =>
    `${formatCount(count)} of ${plural(published, 'event')} reached ${count === 1 ? 'its' : 'their'} handler after a higher version of the same aggregate`,
  loss: lostText,
  duplicate: (count, { duplicates }) =>
    `No event came late, but ${plural(count, 'event')} came again${kindsOfDuplicates(duplicates)}`,
  'store-inversion': storeInversionText,
  'split-key': splitKeyText,
  overlap: (count) => `${plural(count, 'time')} two events of one aggregate were handled at once`,
  'completion-inversion': (count) => `${plural(count, 'event')} started in order and ended after a higher version`,
  phantom: (count) => `${plural(count, 'event')} arrived that nobody had published`,
};

/** `3 events lie in the log behind a higher version`. */
export function storeInversionText(storeInversions: number): string {
  return `${plural(storeInversions, 'event')} ${storeInversions === 1 ? 'lies' : 'lie'} in the log behind a higher version`;
}

/** `3 aggregates have events of one topic in more than one partition`. */
export function splitKeyText(splitKeys: number): string {
  return `${plural(splitKeys, 'aggregate')} ${splitKeys === 1 ? 'has' : 'have'} events of one topic in more than one partition`;
}

/** ` (3 redelivered, 1 stored twice)`; kinds with a count of 0 are left out. */
function kindsOfDuplicates({ redelivered, storedTwice, unflagged }: Counts['duplicates']): string {
  const kinds = [
    ...(redelivered > 0 ? [`${formatCount(redelivered)} redelivered`] : []),
    ...(storedTwice > 0 ? [`${formatCount(storedTwice)} stored twice`] : []),
    ...(unflagged > 0 ? [`${formatCount(unflagged)} for a reason that nothing tells`] : []),
  ];
  return kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
}

/** An event is lost if no handling of it succeeded; handlings may have been started and have failed. */
function lostText(lost: number): string {
  return `${plural(lost, 'event')} whose publishing had succeeded ${lost === 1 ? 'is' : 'are'} lost: no handling of ${lost === 1 ? 'it' : 'them'} succeeded`;
}
