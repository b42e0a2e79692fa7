/** Puts a reason of a record into words: a clause without a full stop. No code reads the words back. */
import type { RecordClaim } from '../../../domain/record/record-claims.js';
import type { RecordReason } from '../../../domain/record/record-reason.js';
import type { AnomalyKind } from '../../../domain/scenario/scenario.js';
import { listed } from '../../../text/lists.js';
import { formatCount, plural } from '../../../text/numbers.js';

/** @param completeSetting how it is said that the record has its end */
export function recordReasonText(reason: RecordReason, completeSetting = '--complete'): string {
  switch (reason.kind) {
    case 'anomaly':
      return anomalyText(reason.of, reason.count);
    case 'stake-unknown':
      return `nothing says what was at stake: ${listed(
        reason.lacks.map((lack) => lacking[lack]),
        'and',
      )}`;
    case 'too-few-at-risk':
      return `${plural(reason.atRiskPairs, 'pair')} of events of one aggregate were in the bus at once, fewer than ${reason.wanted}, so little could have gone wrong`;
    case 'no-end':
      return reason.unseen === 0
        ? `nothing says that the record is complete (${completeSetting})`
        : `${plural(reason.unseen, 'event')} that ${were(reason.unseen)} published did not arrive, and nothing says that the record is complete (${completeSetting})`;
    case 'open-gaps':
      return `${plural(reason.count, 'event')} that ${were(reason.count)} published did not arrive, and later ones of the same aggregate were handled`;
    case 'several-sources':
      return `${plural(reason.aggregates, 'aggregate')} ${were(reason.aggregates)} handled, or published, in several sources, between which nothing says which line came first`;
    case 'shared-source':
      return reason.splitPairs > 0
        ? `order held, and nothing kept it: ${plural(reason.splitPairs, 'pair')} of events of one aggregate were with two subscriptions at once`
        : `order held, and nothing kept it: events of ${plural(reason.sharedAggregates, 'aggregate')} went to several subscriptions`;
    case 'several-processes':
      return `order held, and nothing kept it: processes took an aggregate's events in turn, and ${plural(reason.count, 'event')} went back to a process that had left the aggregate to another`;
    case 'several-publishers':
      return reason.overlaps > 0
        ? `order held, and nothing kept it: ${plural(reason.overlaps, 'publish call')} began while an earlier one of the same aggregate was open`
        : "several publishers sent an aggregate's events in turn, and no acked line says whether their calls overlapped";
    case 'bad-lines':
      return `${plural(reason.count, 'line')} could not be read`;
    case 'left-out':
      return `${plural(reason.count, 'line')} ${were(reason.count)} left out, so what is missing may be in ${reason.count === 1 ? 'it' : 'them'}`;
    case 'unanswered':
      return `${plural(reason.count, 'event')} that ${reason.count === 1 ? 'has' : 'have'} no acked line, although others have one, ${reason.count === 1 ? 'was' : 'were'} not handled: nothing says whether ${reason.count === 1 ? 'it was' : 'they were'} stored`;
    case 'unfinished':
      return `of ${plural(reason.count, 'event')} a handling began and no line says how it ended`;
    case 'several-subscriptions':
      return `${plural(reason.count, 'handling')} ${reason.count === 1 ? 'was' : 'were'} of an event that another subscription had handled: a duplicate if they share the events, and none if each gets all; then check each alone (--only subscription=NAME)`;
    case 'unjoined':
      return `${plural(reason.count, 'line')} could not be joined to what ${reason.count === 1 ? 'it speaks' : 'they speak'} of`;
    case 'truncated':
      return `the file was truncated ${reason.count === 1 ? 'once' : `${formatCount(reason.count)} times`} while it was followed, and lines may have gone before they were read`;
    case 'interrupted':
      return 'reading was interrupted';
    case 'empty':
      return 'the record has no events';
  }
}

const lacking = {
  publish: 'it has no publish lines',
  deliver: 'it has no deliver lines',
  finish: 'it has no finish lines, so handlings of one aggregate may have run at the same time',
  handled: 'it has no lines of handlings',
  dense:
    'versions rise by any step, and not each was published in the record before it is spoken of, in rising order, and by one event, so nothing says which are neighbours',
} as const;

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function anomalyText(of: AnomalyKind, count: number): string {
  switch (of) {
    case 'regression':
      return `${plural(count, 'event')} ${were(count)} handled after a higher version of the same aggregate`;
    case 'duplicate':
      return `${plural(count, 'handling')} ${were(count)} of an event that had been handled before`;
    case 'loss':
      return `${plural(count, 'event')} that ${were(count)} published ${were(count)} never handled`;
    case 'phantom':
      return `${plural(count, 'event')} ${were(count)} handled that nobody had published`;
    case 'store-inversion':
      return `${plural(count, 'event')} ${were(count)} stored behind a higher version of the same aggregate`;
    case 'split-key':
      return `${plural(count, 'aggregate')} had events in several partitions`;
    case 'overlap':
      return `${plural(count, 'pair')} of handlings of one aggregate ran at the same time`;
    case 'completion-inversion':
      return `${plural(count, 'event')} started in order and finished out of order`;
  }
}

const claimWords: Readonly<Record<RecordClaim, string>> = {
  'repairs-input': 'the consumer restores order, whatever order its input comes in',
  'keeps-send-order': 'the client stores what a publisher sends in the order in which it sends it',
};

export function claimText(claim: RecordClaim): string {
  return claimWords[claim];
}
