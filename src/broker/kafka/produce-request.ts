/**
 * Which events went out in one produce request, and where was each stored? The answer gives one offset a partition: that
 * of the request's first event there. The client lays events of a partition into the log in the order in which they
 * stand in the request.
 */
import type { PublishAck } from '../port.js';

/** One event on its way. */
export interface PendingEvent {
  readonly topic: number;
  readonly key: Uint8Array | null;
  /** Its key's hash, which is taken modulo the number of partitions. */
  readonly hash: number;
  readonly value: Uint8Array;
  readonly resolve: (ack: PublishAck) => void;
  readonly reject: (error: Error) => void;
  /** Where the partitioner put it at the last attempt; -1 before the first. */
  partition: number;
}

/** One partition's part of the answer. */
export interface StoredAt {
  readonly topicName: string;
  readonly partition: number;
  /** Of the request's first event there. */
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

  /** @param topicIndex by topic name */
  stored(answer: readonly StoredAt[], topicIndex: ReadonlyMap<string, number>): void {
    const nextOffset: number[][] = [];
    for (const { topicName, partition, baseOffset } of answer) {
      const topic = topicIndex.get(topicName);
      if (topic !== undefined) (nextOffset[topic] ??= [])[partition] = Number(baseOffset);
    }
    for (const { topic, partition, resolve } of this.events) {
      const offset = nextOffset[topic]?.[partition];
      // -1: the broker does not tell, as with acks none.
      if (offset === undefined || offset < 0) resolve(unknownPlace);
      else {
        nextOffset[topic]![partition] = offset + 1;
        resolve({ partition, position: offset + 1, duplicate: false });
      }
    }
  }

  failed(errorOf: () => Error): void {
    for (const { reject } of this.events) reject(errorOf());
  }
}
