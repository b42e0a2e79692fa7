/**
 * Says where a row lost order, and why: the stage with most of its regressions, what the counts show about that stage,
 * and the causes that the diagnosis found, with the remedy for the first of them.
 */
import { stages, type Origin } from '../../domain/observation.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { formatCount, formatShare, shareOf } from '../../text/numbers.js';
import { splitKeyText, storeInversionText, unexplainedText } from './anomaly-text.js';
import { evidenceText } from './evidence-text.js';
import { remedyText } from './remedy-text.js';
import { sentence } from './sentence.js';
import { whereIs } from './origin-text.js';

/** The stage at which most regressions of the row lost order, and the cause behind it. */
export function whereAndWhy(row: RunRow): string[] {
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

/** The stage with the most regressions and their number; of equal ones the earlier. `finish` causes no regressions. */
export function mainOrigin(row: RunRow): [Origin, number] {
  const origins: readonly Origin[] = [...stages.filter((stage) => stage !== 'finish'), 'unknown'];
  return origins
    .map((origin): [Origin, number] => [origin, row.origins[origin]])
    .reduce((most, next) => (next[1] > most[1] ? next : most));
}

/** What the counts show about the stage; used if there is no cause. */
function signOf(row: RunRow, origin: Origin): string {
  const { counts } = row;
  if (origin === 'deliver' || origin === 'submit') return misroutesOf(row, ': ');
  if (origin === 'store' && counts.splitKeys > 0) {
    return `: ${splitKeyText(counts.splitKeys)}`;
  }
  if (origin === 'store' && counts.storeInversions > 0) {
    return `: ${storeInversionText(counts.storeInversions)}`;
  }
  return '';
}

function misroutesOf({ counts }: RunRow, before: string): string {
  const share = shareOf(counts.misroutes, counts.delivered);
  if (share === null || counts.misroutes === 0) return '';
  return `${before}${formatShare(share)} of deliveries went to a subscription that does not own their topic`;
}

/** The first cause that is latent or not, as asked for: its id, its first evidence, and its remedy. */
export function causeOf(row: RunRow, latent: boolean): string[] {
  const cause = row.causes.find((candidate) => candidate.latent === latent);
  if (cause === undefined) return [];
  const evidence = cause.evidence.slice(0, 1).map((claim) => sentence(evidenceText(claim)));
  return [
    `Cause: ${cause.id} (${cause.confidence}).`,
    ...evidence,
    `Remedy: ${sentence(remedyText(cause.remedy), false)}`,
  ];
}

/** The ids of the causes after the first one, whose evidence is in the report, and how much no cause explains. */
export function furtherCauses(row: RunRow): string[] {
  const { causes } = row;
  const further = causes.filter(({ latent }) => !latent).slice(1);
  const unexplained = unexplainedText(row);
  return [
    ...(further.length === 0
      ? []
      : [`Further causes: ${further.map(({ id, confidence }) => `${id} (${confidence})`).join(', ')}.`]),
    ...(unexplained === null ? [] : [sentence(unexplained)]),
  ];
}
