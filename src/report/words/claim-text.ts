/** Puts the answer to a claim into words. */
import type { ClaimAnswer, ClaimReason, ClaimSign, ExplainingCause } from '../../domain/report/claim-answer.js';
import { listed } from '../../text/lists.js';
import { formatCount, plural } from '../../text/numbers.js';
import { sentence } from './sentence.js';

/** `refuted: none of 5,000 deliveries …` */
export function claimText({ answer, reason }: ClaimAnswer): string {
  return `${answer}: ${sentence(reasonText(reason), false)}`;
}

function reasonText(reason: ClaimReason): string {
  switch (reason.kind) {
    case 'named':
      return `it explains ${formatCount(reason.count)} of ${plural(reason.of, 'anomaly', 'anomalies')} (${reason.confidence})`;
    case 'possible':
      return 'the evidence cannot tell it from another mechanism';
    case 'latent':
      return 'it is at work, and has broken nothing yet';
    case 'no-sign':
      return noSign[reason.sign](reason.of);
    case 'of-others':
      return `all ${plural(reason.count, 'anomaly', 'anomalies')} of the kinds that it could have caused ${reason.count === 1 ? 'is' : 'are'} of ${countedCauses(reason.causes)}`;
    case 'fetched-apart':
      return `the events of all ${plural(reason.count, 'pair')} that lost order before the lanes had been fetched by different subscriptions; no pair of one subscription lost it on the way into the queue`;
    case 'hidden':
      return `it would not show beside ${reason.by}, which is at work; docs/HAZARDS.md says why`;
    case 'little-at-stake':
      return `${plural(reason.count, 'pair')} ${reason.count === 1 ? 'was' : 'were'} at risk, and it takes ${formatCount(reason.least)} to tell`;
    case 'unexplained':
      return `${plural(reason.count, 'anomaly', 'anomalies')} that it could have caused ${reason.count === 1 ? 'is' : 'are'} not explained`;
    case 'nothing-broke':
      return 'its sign was seen, and nothing broke';
    case 'not-whole':
      return 'the run did not get to its end, or its record is not whole';
    case 'one-subscription':
      return 'there is one subscription, so there is one writer';
  }
}

function countedCauses(causes: readonly ExplainingCause[]): string {
  const [only, ...others] = causes;
  if (only !== undefined && others.length === 0) return only.id;
  const counted = causes.map(({ id, count }) => `${id} (${formatCount(count)})`);
  return listed(counted, 'and');
}

const noSign: Readonly<Record<ClaimSign, (of: number) => string>> = {
  misroutes: (of) => `none of ${deliveries(of)} was fetched by a subscription that does not own its topic`,
  'held-by-two': (of) => `none of ${inFlight(of)} was held by two subscriptions at once`,
  'behind-higher-in-log': (of) => `none of ${events(of)} lies in the log behind a higher version`,
  'split-keys': (of) => `none of ${plural(of, 'aggregate')} has events of one topic in two partitions`,
  'stored-twice': (of) => `none of ${events(of)} was stored twice`,
  disorder: (of) => `none of ${events(of)} came late, came again, or was handled beside another one of its aggregate`,
  'lost-in-lanes': (of) => `none of ${inFlight(of)} lost its order, or ran at once, between the queue and its handlers`,
  'lost-at-submit': (of) => `none of ${inFlight(of)} lost its order on the way into the queue`,
  lost: (of) => `none of ${plural(of, 'acknowledged event')} was lost`,
};

function deliveries(of: number): string {
  return of === 1 ? '1 delivery' : `${formatCount(of)} deliveries`;
}

function inFlight(of: number): string {
  return of === 1 ? '1 pair in flight' : `${formatCount(of)} pairs in flight`;
}

function events(of: number): string {
  return plural(of, 'event');
}
