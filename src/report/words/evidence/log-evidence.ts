/** Claims about what lies in the log: its order, its partitions, and who published it, in words. */
import { formatCount, plural } from '../../../text/numbers.js';
import type { ClaimText } from './claim-numbers.js';

export const logEvidence = {
  'stored-behind-higher': (say) =>
    `${say.events} ${say.count === 1 ? 'is' : 'are'} stored behind a higher version of the same aggregate`,
  'stored-behind-higher-after-retries': (say) =>
    `${say.events} ${say.count === 1 ? 'lies' : 'lie'} in the log behind a higher version, and ${say.retried}`,
  'stored-behind-higher-after-disconnects': (say) =>
    `${say.events} ${say.count === 1 ? 'lies' : 'lie'} in the log behind a higher version, and the connection of a publisher was lost ${plural(say.of, 'time')}`,
  'stored-behind-other-publisher': (say) =>
    `${say.events} ${say.count === 1 ? 'is' : 'are'} stored behind a higher version of the same aggregate, which another publisher sent`,
  'sent-by-different-publishers': (say) =>
    `different publishers sent events of one aggregate at once (${plural(say.count, 'time')}), so nothing kept them in order`,
  'calls-overlapped': (say) =>
    `${plural(say.count, 'publish call')} of one publisher began before the last one of the same aggregate was acknowledged`,
  'sent-over-connections': (say) =>
    `${plural(say.count, 'publisher')} sent over several connections, which know nothing of each other, one event of an aggregate at a time over each`,
  'no-publish-sent-again': () => 'no publish was seen to be sent again; a retry inside the client would look the same',
  'sent-by-one-publisher': () =>
    'one publisher sent both events of each pair: the log itself is out of order, before any consumer',
  'log-out-of-order': () => 'a consumer cannot have caused this: the log itself is out of order',
  'stored-twice-after-retries': (say) => `${say.events} came from two places in the log, and ${say.retried}`,
  'changed-partition-often': (say) =>
    `${plural(say.of, 'aggregate')} ${say.of === 1 ? 'lies' : 'lie'} in several partitions, and the partition changed ${plural(say.count, 'time')}`,
  'moved-partition-once': (say) =>
    `${plural(say.of, 'aggregate')} moved to another partition once (${plural(say.count, 'change')} in all)`,
  'partition-by-publisher': (say) =>
    `${plural(say.count, 'aggregate')} ${say.count === 1 ? 'lies' : 'lie'} in several partitions, one for each publisher`,
  'followed-into-partition': (say) =>
    `had keys been missing, events of one publisher would lie in several partitions; all do in one, ${formatCount(say.count)} or more of them behind an earlier one`,
  'back-to-a-partition': (say) =>
    `in ${formatCount(say.count)} of ${plural(say.of, 'aggregate')} they went back to a partition that they had left, which a key that moves never does`,
  'too-few-versions-to-tell': () =>
    'too few versions to tell: a key that moved when partitions were added, or publishers that hash it differently, would look the same',
  'no-order-between-partitions': () => 'between partitions the log holds no order, so no consumer could have kept it',
  'read-from-both-partitions': () =>
    'what was stored before the move is read from one partition, what came after from another, in no order',
  'same-place-again': (say) =>
    `had a consumer gone back, events would have come again from the same place in the log: ${formatCount(say.count)} did`,
  'held-beside-other-topic': (say) =>
    `${say.events} came while the bus still had one of the same aggregate from another topic, and no broker holds an order between topics`,
  'in-different-topics': (say) =>
    `in ${say.pairs} the two events lie in different topics, and no broker holds an order between topics`,
  'within-one-topic': (say) => `within one topic ${say.pairs} ${say.were} out of order`,
} satisfies Readonly<Record<string, ClaimText>>;
