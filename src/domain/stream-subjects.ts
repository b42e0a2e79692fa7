/**
 * The subjects of events, and of the stream that takes them. Each topic has a subject. Where the stream is partitioned,
 * a token follows that names the partition of the aggregate: FNV-1a 32 of its id modulo the number of partitions, which
 * is what the server's own subject mapping `{{partition(n,token)}}` computes. The publisher computes it, so that it
 * works on every server.
 */
import { fnv1a32 } from './fnv1a.js';
import type { StreamSpec } from './topology.js';

/** The partition of an aggregate, from 0. */
export function subjectPartitionOf(aggregateId: string, partitions: number): number {
  return fnv1a32(aggregateId) % partitions;
}

/**
 * The subjects that the stream takes. A partitioned one takes one pattern, since old servers want a filter to lie
 * within one.
 */
export function streamSubjects({ subjects, partitions }: StreamSpec): readonly string[] {
  return partitions === undefined ? subjects : [`${anyTopic(subjects)}.*`];
}

/** Returns a function that gives the subject of an event; it remembers each aggregate's partition. */
export function publishSubjects({
  subjects,
  partitions,
}: StreamSpec): (topic: number, aggregate: number, aggregateId: string) => string {
  if (partitions === undefined) return (topic) => subjects[topic]!;
  const known: number[] = [];
  return (topic, aggregate, aggregateId) =>
    `${subjects[topic]!}.${(known[aggregate] ??= subjectPartitionOf(aggregateId, partitions))}`;
}

/** A filter for one partition, of one topic or, if `topicSubject` is null, of all topics. */
export function partitionFilter({ subjects }: StreamSpec, topicSubject: string | null, partition: number): string {
  return `${topicSubject ?? anyTopic(subjects)}.${partition}`;
}

function anyTopic(subjects: readonly string[]): string {
  return subjects[0]!.replace(/[^.]+$/, '*');
}
