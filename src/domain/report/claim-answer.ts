/**
 * What a run says of a claim about it: that a mechanism is at work, or that a control breaks order. An answer rests on
 * numbers of the run; a claim is not refuted because its cause was not named, but because what it would have left behind
 * is not there, or is of other mechanisms.
 */
import { causeIds } from './cause-ids.js';
import type { Cause } from './run-report.js';

/** What looks dangerous and keeps order, in docs/HAZARDS.md. */
export const controlIds = ['many-writers', 'hash-collision'] as const;

/** All that can be claimed of a run. */
export const claimIds: readonly string[] = [...causeIds, ...controlIds];

export const claimAnswers = ['supported', 'refuted', 'undecided'] as const;
export type ClaimAnswerKind = (typeof claimAnswers)[number];

/** What a mechanism leaves behind wherever it breaks order. */
export const claimSigns = [
  /** Deliveries that were fetched by a subscription which does not own their topic; of all deliveries. */
  'misroutes',
  /** Pairs that two subscriptions held at once; of all pairs in flight. */
  'held-by-two',
  /** Events that lie in the log behind a higher version; of all published. */
  'behind-higher-in-log',
  /** Aggregates with events of one topic in several partitions; of all aggregates. */
  'split-keys',
  /** Events that were stored twice; of all published. */
  'stored-twice',
  /** Events that were late, came again, or were handled beside or behind another one; of all published. */
  'disorder',
  /** Pairs that lost order in a lane, or ran at once; of all pairs in flight. */
  'lost-in-lanes',
  /** Pairs of one subscription that lost order on their way into the queue; of all pairs in flight. */
  'lost-at-submit',
  /** Acknowledged events that were never handled; of all acknowledged. */
  'lost',
] as const;
export type ClaimSign = (typeof claimSigns)[number];

export type ClaimReason =
  /** The cause was named, and explains so many anomalies of all. */
  | { readonly kind: 'named'; readonly confidence: Cause['confidence']; readonly count: number; readonly of: number }
  /** The cause is only possible, or at work without having broken anything. */
  | { readonly kind: 'possible' | 'latent' }
  /** Nothing of what it would have left behind was seen, among so many. */
  | { readonly kind: 'no-sign'; readonly sign: ClaimSign; readonly of: number }
  /** So many anomalies are of a kind that it could have caused, and all of them are of other causes. */
  | { readonly kind: 'of-others'; readonly count: number; readonly causes: readonly ExplainingCause[] }
  /** So many pairs lost order before the lanes, and all of them had been fetched by different subscriptions. */
  | { readonly kind: 'fetched-apart'; readonly count: number }
  /** It would not show beside this cause, which was named. */
  | { readonly kind: 'hidden'; readonly by: string }
  /** So few pairs were at risk that it might not have shown. */
  | { readonly kind: 'little-at-stake'; readonly count: number; readonly least: number }
  /** So many anomalies of a kind that it could have caused are not explained. */
  | { readonly kind: 'unexplained'; readonly count: number }
  /** Its sign was seen, and nothing broke. */
  | { readonly kind: 'nothing-broke' }
  /** The run did not get to its end, or the trace is not whole. */
  | { readonly kind: 'not-whole' }
  /** There is one subscription only, so the claim does not apply. */
  | { readonly kind: 'one-subscription' };

export interface ExplainingCause {
  readonly id: string;
  readonly count: number;
}

export interface ClaimAnswer {
  /** Id of a cause, or of a control. */
  readonly id: string;
  readonly answer: ClaimAnswerKind;
  readonly reason: ClaimReason;
}
