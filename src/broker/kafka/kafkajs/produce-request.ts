/**
 * The events that go out in one produce request, and where each was stored. The answer gives one offset a partition:
 * that of the request's first event there. The client lays events of a partition into the log in the order in which
 * they stand in the request.
 */
import type { PublishAck } from '../../port.js';

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

  /**
   * Those who wait are told in the order of the answer, partition by partition: so does Java's client, and so no order of
   * publishers goes on from one request to the next for ever.
   * @param topicIndex by topic name
   */
  stored(answer: readonly StoredAt[], topicIndex: ReadonlyMap<string, number>): void {
    const waiting = byPlace(this.events);
    for (const { topicName, partition, baseOffset } of answer) {
      const topic = topicIndex.get(topicName);
      // -1: the broker does not tell, as with acks none.
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

  failed(errorOf: () => Error): void {
    for (const { reject } of this.events) reject(errorOf());
  }
}

/** By topic, then partition, in their order. */
function byPlace(events: readonly PendingEvent[]): PendingEvent[][][] {
  const places: PendingEvent[][][] = [];
  for (const event of events) ((places[event.topic] ??= [])[event.partition] ??= []).push(event);
  return places;
}
