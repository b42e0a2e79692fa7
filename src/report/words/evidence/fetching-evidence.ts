/** Claims about which subscription fetched an event, and which held it, in words. */
import { formatCount, formatShare, plural, shareOf } from '../../../text/numbers.js';
import type { ClaimText } from './claim-numbers.js';

export const fetchingEvidence = {
  misroutes: (say) =>
    `${formatShare(shareOf(say.count, say.of))} of deliveries were fetched by a subscription that does not own their topic`,
  'lost-before-lanes': (say) =>
    `${say.pairs} ${say.were} fetched by different subscriptions and in the wrong order before any queue or lane`,
  'held-by-two-subscriptions': (say) =>
    `${formatCount(say.count)} of ${plural(say.of, 'pair')} in flight ${say.were} held by different subscriptions at once`,
  'not-lost-at-start': () =>
    'had the queue or the lanes been the cause, pairs would have arrived in order and lost it at start',
  'held-by-two-members': (say) =>
    `${plural(say.count, 'anomaly', 'anomalies')} ${say.were} of events that two members held at once, in a run with ${plural(say.of, 'rebalance')}`,
  'not-within-one-member': () => 'within one member its events never overlapped, or that is counted elsewhere',
  'fetched-by-two-owners': (say) => `${say.pairs} ${say.were} fetched by two subscriptions which both own the topic`,
  'fetched-by-two-subscriptions': (say) =>
    `${say.pairs} ${say.were} fetched by two subscriptions, each of which had events of one topic only`,
} satisfies Readonly<Record<string, ClaimText>>;
