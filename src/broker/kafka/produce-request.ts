/**
 * Holds the events that are sent in one produce request, and tells each publish where its event was stored. The answer
 * gives one offset for each partition, that of the request's first event there; the others follow in the order in which
 * they stand in the request.
 */
import type { PublishAck } from '../port.js';

/** One event to be published, and its publish's promise. */
export interface PendingEvent {
  readonly topic: number;
  readonly key: Uint8Array | null;
  /** The hash of its key, which is taken modulo the number of partitions. */
  readonly hash: number;
  readonly value: Uint8Array;
  readonly resolve: (ack: PublishAck) => void;
  readonly reject: (error: Error) => void;
  /** The partition that was chosen at the last attempt; -1 before the first. */
  partition: number;
}

/** The part of an answer that is about one partition. */
export interface StoredAt {
  readonly topicName: string;
  readonly partition: number;
  /** Offset of the request's first event there. */
  readonly baseOffset?: string;
}

const unknownPlace: PublishAck = { partition: -1, position: 0, duplicate: false };

export class ProduceRequest {
  readonly events: readonly PendingEvent[];
  /** How often the client has begun to send it. */
  attempts = 0;

  constructor(events: readonly PendingEvent[]) {
    this.events = events;
  }

  /**
   * Resolves the publishes in the order of the answer, partition by partition. Java's client does so too; resolved in
   * the order of the request, publishers would keep their order from one request to the next for ever.
   * @param topicIndex index of each topic by its name
   */
  stored(answer: readonly StoredAt[], topicIndex: ReadonlyMap<string, number>): void {
    const waiting = byPlace(this.events);
    for (const { topicName, partition, baseOffset } of answer) {
      const topic = topicIndex.get(topicName);
      // With acks none the broker does not tell, and the offset is -1.
      const offset = Number(baseOffset);
      if (topic === undefined || offset < 0) continue;
      waiting[topic]?.[partition]?.forEach(({ resolve }, index) => {
        resolve({ partition, position: offset + index + 1, duplicate: false });
      });
      delete waiting[topic]?.[partition];
    }
    waiting.forEach((places) => {
      places.forEach((events) => {
        for (const { resolve } of events) resolve(unknownPlace);
      });
    });
  }

  /** Rejects all publishes, each with an error of its own. */
  failed(errorOf: () => Error): void {
    for (const { reject } of this.events) reject(errorOf());
  }
}

/** Groups the events by topic, then by partition; each group keeps the order of the request. */
function byPlace(events: readonly PendingEvent[]): PendingEvent[][][] {
  const places: PendingEvent[][][] = [];
  for (const event of events) ((places[event.topic] ??= [])[event.partition] ??= []).push(event);
  return places;
}
