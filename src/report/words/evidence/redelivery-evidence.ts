/** Claims about why an event came again, in words. */
import { formatCount, plural } from '../../../text/numbers.js';
import type { ClaimText } from './claim-numbers.js';

export const redeliveryEvidence = {
  'came-again-timed-out': (say) =>
    `${say.share} of an event whose handling the bus had given up, and which went on all the same`,
  'came-again-nak': (say) =>
    `${say.share} of an event whose handling had failed and that was sent back, while others went on`,
  'came-again-failed': (say) =>
    `${say.share} of an event whose handling had failed, that nobody answered, and that came again after the ack wait`,
  'came-again-given-back': (say) =>
    `${say.share} of an event that was sent back without being started, behind one that had failed`,
  'came-again-refused': (say) =>
    `${say.share} of an event that a full queue had refused, and that came again after the ack wait`,
  'came-again-crash': (say) =>
    `${say.share} of an event that was in the memory of a service that died, and that came again after the ack wait`,
  'came-again-queued': (say) =>
    `${say.share} of an event that came again while it was still waiting in the bus: the ack wait ran out before its handler started`,
  'came-again-running': (say) =>
    `${say.share} of an event that came again while it was being handled, or as it had just been: the ack wait ran out before the ack came`,
  'came-again-backoff': (say) =>
    `${say.share} of an event that the bus still had when it came again: the wait of its backoff had passed, and the ack wait had not`,
  'came-again-unacked': (say) =>
    `${say.share} of an event that came again because nothing had acknowledged it; nothing was acknowledged in the whole run`,
  'came-again-connection-lost': (say) =>
    `${say.share} of an event that had been sent to a connection which was lost before it was handed over`,
  'came-again-reconnect': (say) =>
    `${say.share} of an event that came again from the same offset after its member had lost its connection, and begun again at the committed position`,
  'came-again-rebalance': (say) =>
    `${say.share} of an event that came again from the same offset after partitions had been given out anew`,
  'came-again-behind-failure': (say) =>
    `${say.share} of an event that came again because the member went back to an earlier offset, whose handling had failed`,
  'came-again-in-flight': (say) =>
    `${say.events} came again in this way while pairs of ${say.count === 1 ? 'its' : 'their'} queue were in flight, of ${formatCount(say.of)} that came again in any way then`,
  'came-again-otherwise': (say) =>
    `events that came again for another reason: ${formatCount(say.count)} such anomalies`,
  'never-delivered-again': () =>
    'had events come again, or been tried again, that would have been seen: each was delivered and started once',
  'handlings-failed': (say) => `${plural(say.count, 'handling')} failed`,
  rebalances: (say) => `partitions were given out anew ${plural(say.count, 'time')}`,
  'members-put-out': (say) =>
    `a group put out a member that it had not heard of ${plural(say.count, 'time')}, in ${plural(say.of, 'rebalance')}`,
  'longest-without-heartbeat': (say) =>
    `the longest time between two heartbeats of a member was ${formatCount(Math.round(say.count))} ms`,
  'no-member-change': () => 'had members joined, left or stood still, that would have been seen beside the rebalances',
  'nothing-delivered-for': (say) =>
    `after the service had died nothing was delivered for ${formatCount(Math.round(say.count))} ms, until events of the dead one came again`,
  'waited-at-broker': (say) => `${plural(say.count, 'event')} waited at the broker meanwhile`,
  'nothing-in-hand': () => 'the living service had nothing in hand, and so nothing to acknowledge',
} satisfies Readonly<Record<string, ClaimText>>;
