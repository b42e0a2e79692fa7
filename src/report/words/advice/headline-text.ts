/** Puts into words which candidate to take, and in one sentence why; or that there is none to recommend. */
import type { Advice, NoneTaken, Taken } from '../../../domain/report/advice.js';
import { listed } from '../../../text/lists.js';
import { formatCount, formatPercent, plural } from '../../../text/numbers.js';
import { factorText, isTooClose } from './factor-text.js';
import { threatsListed } from './promise-text.js';

export function headlineText(advice: Advice): string {
  const provisional = advice.isProvisional ? ['Provisional, since not all rows were run.'] : [];
  return [...provisional, advice.candidate === null ? noneText(advice) : takeText(advice)].join(' ');
}

function takeText({ candidate, repairsBehindFault, instead, probe }: Taken): string {
  if (repairsBehindFault) {
    return `For now, take ${candidate}: it repairs order behind a fault, and nothing that removes the fault held here.`;
  }
  if (probe?.found?.outcome === 'violated') {
    return `Take ${candidate} only if handlers never fail: with ${formatPercent(probe.share)} of handlings failing it was violated.`;
  }
  if (instead === null) return `Take ${candidate}.`;
  return `Take ${candidate} if it has to survive ${threatsListed(instead.lacks, 'or')}, else ${instead.name}, which is ${factorText(instead.ratio.ratio)} times as fast.`;
}

/** `It removes the fault, handles 1.90 times as much as the baseline, and was ordered in 5 of 5 runs …; it does not …`. */
export function becauseText({ removesFault, worth, probe, cost, promise }: Taken): string {
  const runs = `${formatCount(worth.runsOrdered)} of ${plural(worth.runs, 'run')}`;
  const failing =
    probe?.found?.outcome === 'ordered'
      ? ` and in one more with ${formatPercent(probe.share)} of handlings failing`
      : '';
  const does = [
    ...(removesFault ? ['removes the fault'] : []),
    ...speedClause(cost),
    `was ordered in ${runs}${failing}`,
  ];
  const doesNot = [
    ...(promise.open.length > 0 ? [`does not promise to survive ${threatsListed(promise.open, 'or')}`] : []),
    ...(promise.replicas === 1 ? ['was tried as one replica only'] : []),
  ];
  return `It ${joined(does)}${doesNot.length === 0 ? '' : `; it ${joined(doesNot)}`}.`;
}

/** Clauses with an `and` of their own, so that a comma stands before the last one. */
function joined(clauses: readonly string[]): string {
  return clauses.length < 2 ? clauses.join('') : `${clauses.slice(0, -1).join(', ')}, and ${clauses.at(-1)!}`;
}

function speedClause({ isBaseline, speed }: Taken['cost']): string[] {
  if (isBaseline) return ['is the baseline itself'];
  if (speed === null) return [];
  if (isTooClose(speed)) return ['is about as fast as the baseline'];
  return [`handles ${factorText(speed.ratio)} times as much as the baseline`];
}

function noneText({ violated, unclear, notRun, unpromised, byDuplicates }: NoneTaken): string {
  const clauses = [
    ...(violated.length > 0 ? [`${plural(violated.length, 'candidate')} ${were(violated.length)} violated`] : []),
    ...(unclear.length > 0 ? [`${plural(unclear.length, 'candidate')} could not be told`] : []),
    ...(notRun.length > 0 ? [`${plural(notRun.length, 'candidate')} could not be run`] : []),
    ...(unpromised.length > 0
      ? [
          `${plural(unpromised.length, 'candidate')} held an order that ${unpromised.length === 1 ? 'it does' : 'they do'} not promise`,
        ]
      : []),
  ];
  const hint =
    byDuplicates.length === 0
      ? ''
      : ` ${listed(byDuplicates, 'and')} ${were(byDuplicates.length)} so by duplicates only: --allow duplicate accepts what is delivered again.`;
  return `None to recommend: ${listed(clauses, 'and')}.${hint}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}
