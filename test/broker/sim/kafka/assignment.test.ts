/** Tests which member gets which partition. */
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { assignRoundRobin, describeAssignment, type Assignment } from '../../../../src/broker/sim/kafka/assignment.js';

const plain = (assigned: ReadonlyMap<string, Assignment>) =>
  Object.fromEntries([...assigned].map(([member, topics]) => [member, Object.fromEntries(topics)]));

describe('round-robin', () => {
  it('should agree with the assigner of kafkajs', async () => {
    const memberId = fc.stringMatching(/^m-[0-9a-f]{1,6}$/);
    const members = fc.uniqueArray(memberId, { minLength: 1, maxLength: 6 });
    const counts = fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(members, counts, async (memberIds, partitions) => {
        const topics = partitions.map((_, i) => `topic-${i}`);
        const countOf = (topic: string) => partitions[topics.indexOf(topic)]!;
        const cluster = {
          findTopicPartitionMetadata: (topic: string) =>
            Array.from({ length: countOf(topic) }, (_, partitionId) => ({ partitionId })),
        };
        const assigner = kafkajs.PartitionAssigners.roundRobin({ cluster } as never);
        const theirs = await assigner.assign({ members: memberIds.map((memberId) => ({ memberId })), topics } as never);
        const decoded = theirs.map(({ memberId, memberAssignment }) => [
          memberId,
          { ...kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment)!.assignment },
        ]);
        expect(plain(assignRoundRobin(memberIds, topics, countOf))).toEqual(Object.fromEntries(decoded));
      }),
    );
  });
});

describe('an assignment', () => {
  it('should be described by the last part of its topics names', () => {
    const assignment = new Map([
      ['eventbus-bench.x.topic-0', [0, 2]],
      ['eventbus-bench.x.topic-1', [1]],
    ]);
    expect(describeAssignment(assignment)).toBe('topic-0:0,2 topic-1:1');
    expect(describeAssignment(new Map())).toBe('');
  });
});
