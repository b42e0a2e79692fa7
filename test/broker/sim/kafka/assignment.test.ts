/** Tests which member gets which partition, and what of an assignment takes effect at once. */
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import {
  assignRoundRobin,
  assignSticky,
  describeAssignment,
  withholdOwned,
  type Assignment,
} from '../../../../src/broker/sim/kafka/assignment.js';

const plain = (assigned: ReadonlyMap<string, Assignment>) =>
  Object.fromEntries([...assigned].map(([member, topics]) => [member, Object.fromEntries(topics)]));
const owning = (partitions: readonly number[]): Assignment =>
  new Map(partitions.length === 0 ? [] : [['t', partitions]]);

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

describe('sticky assignment', () => {
  it('should move no more than balance needs', () => {
    const owned = new Map([
      ['a', owning([0, 1])],
      ['b', owning([2, 3])],
      ['c', owning([])],
    ]);
    expect(plain(assignSticky(owned, ['t'], () => 4))).toEqual({ a: { t: [0, 1] }, b: { t: [2] }, c: { t: [3] } });
  });

  it('should give every partition once, in shares that differ by one at most', () => {
    const members = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 10 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(members, (claims) => {
        const owned = new Map(claims.map((claim, i) => [`m${i}`, owning([...new Set(claim)])]));
        const shares = [...assignSticky(owned, ['t'], () => 10).values()].map((topics) => topics.get('t') ?? []);
        expect(shares.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        const sizes = shares.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a cooperative assignment', () => {
  it('should withhold what another member still owns', () => {
    const wanted = new Map([
      ['a', owning([0])],
      ['b', owning([1, 2])],
    ]);
    const owned = new Map([['a', owning([0, 1])]]);
    expect(plain(withholdOwned(wanted, owned))).toEqual({ a: { t: [0] }, b: { t: [2] } });
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
