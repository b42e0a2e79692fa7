/** Puts a claim of a cause into words: a clause without a full stop. No code reads these words back. */
import type { CauseEvidence } from '../../domain/report/cause-evidence.js';
import { formatCount, formatShare, plural, shareOf } from '../../text/numbers.js';

export function evidenceText({ claim, count, of, detail }: CauseEvidence): string {
  const events = (): string => plural(count ?? 0, 'event');
  const pairs = (): string => plural(count ?? 0, 'pair');
  const were = count === 1 ? 'was' : 'were';
  const retried = (): string => `${plural(of ?? 0, 'produce request')} had been sent again`;
  switch (claim) {
    case 'misroutes':
      return `${formatShare(shareOf(count ?? 0, of ?? 0))} of deliveries were fetched by a subscription that does not own their topic`;
    case 'lost-before-lanes':
      return `${pairs()} ${were} fetched by different subscriptions and in the wrong order before any queue or lane`;
    case 'held-by-two-subscriptions':
      return `${formatCount(count)} of ${plural(of ?? 0, 'pair')} in flight ${were} held by different subscriptions at once`;
    case 'not-lost-at-start':
      return 'had the queue or the lanes been the cause, pairs would have arrived in order and lost it at start';
    case 'not-lost-at-deliver':
      return 'had the subscriptions been the cause, the pairs would have been in the wrong order at deliver already';
    case 'started-in-different-lanes':
      return `${pairs()} ${were} submitted in order, ran in different lanes and started in the wrong order`;
    case 'ran-at-once-in-lanes':
      return `events of one aggregate ran in several lanes at once (${pairs()}); had one serial lane had them all, none could`;
    case 'overtook-outside-lanes':
      return `in ${pairs()} one event ran outside the lanes and overtook the other, which was still queued`;
    case 'stored-behind-higher':
      return `${events()} ${count === 1 ? 'is' : 'are'} stored behind a higher version of the same aggregate`;
    case 'stored-behind-higher-after-retries':
      return `${events()} ${count === 1 ? 'lies' : 'lie'} in the log behind a higher version, and ${retried()}`;
    case 'sent-by-different-publishers':
      return `in ${plural(count ?? 0, 'regressing pair')} the two events came from different publishers`;
    case 'sent-by-different-publishers-only':
      return `in ${plural(count ?? 0, 'regressing pair')} the two events came from different publishers, in no pair from one`;
    case 'sent-by-one-publisher':
      return 'one publisher sent both events of each pair: the log itself is out of order, before any consumer';
    case 'log-out-of-order':
      return 'a consumer cannot have caused this: the log itself is out of order';
    case 'stored-twice-after-retries':
      return `${events()} came from two places in the log, and ${retried()}`;
    case 'changed-partition-often':
      return `${plural(of ?? 0, 'aggregate')} ${of === 1 ? 'lies' : 'lie'} in several partitions, and the partition changed ${plural(count ?? 0, 'time')}`;
    case 'moved-partition-once':
      return `${plural(of ?? 0, 'aggregate')} moved to another partition once (${plural(count ?? 0, 'change')} in all)`;
    case 'partition-by-publisher':
      return `${plural(count ?? 0, 'aggregate')} ${count === 1 ? 'lies' : 'lie'} in several partitions, one for each publisher`;
    case 'no-order-between-partitions':
      return 'between partitions the log holds no order, so no consumer could have kept it';
    case 'read-from-both-partitions':
      return 'what was stored before the move is read from one partition, what came after from another, in no order';
    case 'held-by-two-members':
      return `${pairs()} of one aggregate ${were} held by two members at once, in a run with ${plural(of ?? 0, 'rebalance')}`;
    case 'not-within-one-member':
      return 'within one member its events never overlapped, or that is counted elsewhere';
    case 'same-offset-again':
      return `${events()} came again from the same offset, in a run with ${plural(of ?? 0, 'rebalance')}`;
    case 'no-handler-failed':
      return 'no handler had failed, so nothing else brings an offset back';
    case 'told':
      return detail ?? '';
  }
}
