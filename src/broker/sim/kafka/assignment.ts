/**
 * Which member gets which partition? `assignRoundRobin` does what kafkajs' RoundRobinAssigner does, which is all that it
 * has. `assignSticky` keeps what members own as far as balance allows, which is what a cooperative rebalance needs; it is
 * here for the model only.
 */

/** Partitions by topic; topics in the order in which they were assigned. */
export type Assignment = ReadonlyMap<string, readonly number[]>;

export const noPartitions: Assignment = new Map();

/**
 * All partitions of all topics, one after the other, to the members in the order of their ids.
 * @param partitionCount of a topic, as the leader knows it
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

/** Each member keeps what it owns up to its share; what is left over goes to whoever has least. */
export function assignSticky(
  owned: ReadonlyMap<string, Assignment>,
  topics: readonly string[],
  partitionCount: (topic: string) => number,
): Map<string, Assignment> {
  const members = [...owned.keys()].sort();
  const partitions = allPartitions(topics, partitionCount);
  const share = Math.floor(partitions.length / members.length);
  let largerShares = partitions.length % members.length;
  const assigned = new Map<string, Map<string, number[]>>(members.map((member) => [member, new Map()]));
  const load = new Map(members.map((member) => [member, 0]));
  const place = (member: string, topic: string, partition: number): void => {
    give(assigned, member, topic, partition);
    load.set(member, load.get(member)! + 1);
  };
  const homeless = partitions.filter(([topic, partition]) => {
    const owner = members.find((member) => owned.get(member)?.get(topic)?.includes(partition));
    if (owner === undefined || load.get(owner)! > share) return true;
    if (load.get(owner) === share) {
      if (largerShares === 0) return true;
      largerShares--;
    }
    place(owner, topic, partition);
    return false;
  });
  for (const [topic, partition] of homeless) {
    place(
      members.reduce((least, member) => (load.get(member)! < load.get(least)! ? member : least)),
      topic,
      partition,
    );
  }
  return assigned;
}

/**
 * What of an assignment takes effect at once in a cooperative rebalance: a partition that somebody else still owns is
 * withheld until its owner has joined again without it.
 */
export function withholdOwned(
  wanted: ReadonlyMap<string, Assignment>,
  owned: ReadonlyMap<string, Assignment>,
): Map<string, Assignment> {
  const isOwnedByAnother = (member: string, topic: string, partition: number): boolean =>
    [...owned].some(([other, theirs]) => other !== member && theirs.get(topic)?.includes(partition) === true);
  return new Map(
    [...wanted].map(([member, topics]) => [
      member,
      new Map(
        [...topics]
          .map(([topic, partitions]): [string, number[]] => [
            topic,
            partitions.filter((partition) => !isOwnedByAnother(member, topic, partition)),
          ])
          .filter(([, partitions]) => partitions.length > 0),
      ),
    ]),
  );
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
