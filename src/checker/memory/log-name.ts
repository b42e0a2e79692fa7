/**
 * Names the log that a position belongs to. On JetStream one stream holds all topics, so a partition number alone names
 * the log. On Kafka each topic counts its partitions from 0, so only topic and partition together do; this makes one
 * number of the two, for comparisons within an aggregate that is spread over topics.
 */

/** More than any topic has partitions. */
const stride = 2 ** 20;

/** Which logs there are: one for all topics, or one or more for each topic. */
export type Logs = 'shared' | 'per topic';

/** @returns a number for the log; negative if the partition is unknown */
export function logOf(logs: Logs, topic: number, partition: number): number {
  return logs === 'shared' || partition < 0 ? partition : topic * stride + partition;
}

/** The topic of a log of which each topic has its own; 0 where all topics share one. */
export function topicOfLog(log: number): number {
  return log < 0 ? 0 : Math.floor(log / stride);
}

/** The partition of a log, as its broker numbers it; -1 if it is unknown. */
export function partitionOfLog(logs: Logs, log: number): number {
  return logs === 'shared' || log < 0 ? log : log % stride;
}
