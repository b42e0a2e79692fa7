/** Why a record is violated or inconclusive, as data: a kind with its numbers. */
import type { AnomalyKind } from '../scenario/scenario.js';

export type RecordReason =
  | { readonly kind: 'anomaly'; readonly of: AnomalyKind; readonly count: number }
  /**
   * Nothing says which events were in the bus at the same time (publish, deliver), or which handlings ran at the same time
   * (finish): lines are missing.
   */
  | {
      readonly kind: 'stake-unknown';
      readonly lacks: readonly ('publish' | 'deliver' | 'handled' | 'finish' | 'dense')[];
    }
  | { readonly kind: 'too-few-at-risk'; readonly atRiskPairs: number; readonly wanted: number }
  /** Whether everything that was published arrived is not known. */
  | { readonly kind: 'no-end'; readonly unseen: number }
  /** Gaps whose publish is in the record: events behind them were handled. */
  | { readonly kind: 'open-gaps'; readonly count: number }
  /** Aggregates that several sources handle, or several publish: between them no order is known. */
  | { readonly kind: 'several-sources'; readonly aggregates: number }
  /** Events of one aggregate were with two subscriptions at once, and nothing kept them apart. */
  | { readonly kind: 'shared-source'; readonly splitPairs: number; readonly sharedAggregates: number }
  /** Events that went back to a process after another one had been given the aggregate's event before: nothing kept them apart. */
  | { readonly kind: 'several-processes'; readonly count: number }
  /** Events whose publish call has no `acked` line, although others have one, and that nobody has handled. */
  | { readonly kind: 'unanswered'; readonly count: number }
  /** Events that were acknowledged, and of which a handling began whose end is in no line. */
  | { readonly kind: 'unfinished'; readonly count: number }
  /**
   * Handlings of events that another subscription had handled, each of its first delivery: they are duplicates if the
   * subscriptions share the events, and none if each gets all.
   */
  | { readonly kind: 'several-subscriptions'; readonly count: number }
  /** Publish calls of one aggregate overlapped; 0: several publishers took it in turn, and whether they did is not known. */
  | { readonly kind: 'several-publishers'; readonly overlaps: number }
  | { readonly kind: 'bad-lines'; readonly count: number }
  /** Lines that were not asked for, of which others may speak. */
  | { readonly kind: 'left-out'; readonly count: number }
  /** Lines that start or end no handling that is known. */
  | { readonly kind: 'unjoined'; readonly count: number }
  /** The file was truncated while it was followed: what had not been read is not known. */
  | { readonly kind: 'truncated'; readonly count: number }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'empty' };
