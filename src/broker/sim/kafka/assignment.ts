/**
 * Divides partitions among the members of a group as RoundRobinAssigner does, the only assigner of kafkajs.
 */

/** A member's partitions by topic; topics in the order in which they were assigned. */
export type Assignment = ReadonlyMap<string, readonly number[]>;

export const noPartitions: Assignment = new Map();

/**
 * Gives all partitions of all topics, one after the other, to the members in turn, in the order of their ids.
 * @param partitionCount number of partitions of a topic, as the leader knows it
 */
export function assignRoundRobin(
  memberIds: readonly string[],
  topics: readonly string[],
  partitionCount: (topic: string) => number,
): Map<string, Assignment> {
  const sorted = [...memberIds].sort();
  const assigned = new Map<string, Map<string, number[]>>();
  allPartitions(topics, partitionCount).forEach(([topic, partition], i) => {
    give(assigned, sorted[i % sorted.length]!, topic, partition);
  });
  return assigned;
}

/** `topic-0:0,2 topic-1:1`, the names without what stands before their last dot. */
export function describeAssignment(assignment: Assignment): string {
  return [...assignment]
    .map(([topic, partitions]) => `${topic.slice(topic.lastIndexOf('.') + 1)}:${partitions.join(',')}`)
    .join(' ');
}

function allPartitions(
  topics: readonly string[],
  partitionCount: (topic: string) => number,
): (readonly [topic: string, partition: number])[] {
  return topics.flatMap((topic) =>
    Array.from({ length: partitionCount(topic) }, (_, partition) => [topic, partition] as const),
  );
}

function give(assigned: Map<string, Map<string, number[]>>, member: string, topic: string, partition: number): void {
  let topics = assigned.get(member);
  if (topics === undefined) assigned.set(member, (topics = new Map<string, number[]>()));
  const partitions = topics.get(topic);
  if (partitions === undefined) topics.set(topic, [partition]);
  else partitions.push(partition);
}
