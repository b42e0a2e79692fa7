/** Puts into words how candidates came out where a few handlers fail. */
import type { Probed } from '../../../domain/report/advice.js';
import type { ProbeOmission, ProbeOutcome } from '../../../domain/report/probe.js';
import { listed } from '../../../text/lists.js';
import { formatCount, formatPercent, plural } from '../../../text/numbers.js';

/** `With 1 % of handlings failing, in one run more, it held order: …`. */
export function probedText({ share, found, violated }: Probed): string {
  const load = `With ${formatPercent(share)} of handlings failing, in one run more, it`;
  const own = found === null ? `${load} was not tried.` : `${load} ${foundText(found)}.`;
  const others = violated.length === 0 ? '' : ` Violated there: ${listed(violated, 'and')}.`;
  return `${own}${others}`;
}

/** `held order: 42 failed events were tried again in place`. */
export function foundText(found: ProbeOutcome): string {
  const what = listed([...brokenBy(found), ...handledAgain(found)], 'and');
  switch (found.outcome) {
    case 'ordered':
      return what === '' ? 'held order' : `held order: ${what}`;
    case 'violated':
      return what === '' ? 'was violated' : `was violated: ${what}`;
    case 'inconclusive':
      return `came out inconclusive (${unclearText(found)})${what === '' ? '' : `: ${what}`}`;
  }
}

function brokenBy({ regressions, completionInversions, duplicates, lost }: ProbeOutcome): string[] {
  return [
    ...(regressions > 0 ? [plural(regressions, 'regression')] : []),
    ...(completionInversions > 0 ? [`${plural(completionInversions, 'event')} finished out of order`] : []),
    ...(duplicates > 0 ? [plural(duplicates, 'duplicate')] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
  ];
}

function handledAgain({ retries, redone, bufferDepthMax }: ProbeOutcome): string[] {
  return [
    ...(retries > 0 ? [`${plural(retries, 'retry', 'retries')} in place`] : []),
    ...(redone > 0 ? [`${plural(redone, 'failed event')} delivered again`] : []),
    ...(bufferDepthMax !== null && bufferDepthMax > 0
      ? [`up to ${plural(bufferDepthMax, 'early event')} held back at once`]
      : []),
  ];
}

const unclear: Readonly<Record<string, string>> = {
  'too-few-at-risk': 'too few pairs at risk',
  'latent:not-survived': 'it kept order by luck through a redelivery that it does not promise to survive',
  'not-exercised:handler-fail': 'no handling failed while a pair was at risk',
  'drain-incomplete': 'not all events were handled in time',
};

function unclearText({ unclearBy }: ProbeOutcome): string {
  return unclearBy === null ? 'no reason is known' : (unclear[unclearBy] ?? unclearBy);
}

const omissions: Readonly<Record<ProbeOmission, string>> = {
  off: 'it is switched off (--probe-fail none)',
  'handlers-fail': 'handlers fail in every run here',
  swept: 'it is not part of a sweep',
  'cut-short': 'the run ended early',
};

/** `not tried with failing handlers: handlers fail in every run here`. */
export function omissionText(omitted: ProbeOmission): string {
  return `not tried with failing handlers: ${omissions[omitted]}`;
}
