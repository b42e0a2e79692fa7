/** The kinds of notes that Kafka's connections take: things that happened to a connection or a member. */
import type { TakeNote } from '../../domain/run-note.js';

/**
 * `rebalance`: a member joined its group: `{ group, epoch, subscription, assigned, members }`, `assigned` as in
 * `topic-0:0,2 topic-1:1`. `heartbeat` and `put-out`: see `../heartbeat-gap.ts`. `paused`: a member paused the partitions that it
 * has: `{ subscription, partitions }`. `reconnect`: a broker that was out of reach answers again. `fault`: something
 * failed; `what` is such as `produce-retry`, `disconnect`, `consumer-restart`, `foreign-message`.
 */
export type KafkaNoteKind = 'rebalance' | 'heartbeat' | 'put-out' | 'paused' | 'reconnect' | 'fault';

export type OnKafkaNote = TakeNote<KafkaNoteKind>;
