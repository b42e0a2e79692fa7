/** What the group coordinator answers, to the millisecond: time-outs and late requests. */
import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../../src/broker/sim/kafka/assignment.js';
import { Refusal, type BrokerErrorCode } from '../../../../src/broker/sim/kafka/errors.js';
import { KafkaGroup } from '../../../../src/broker/sim/kafka/group.js';
import type { JoinAnswer } from '../../../../src/broker/sim/kafka/join.js';
import { TimerHeap } from '../../../../src/runtime/virtual/timer-heap.js';

/** Time that goes on only when told to. */
class ManualTime {
  readonly #timers = new TimerHeap();
  #nowMs = 0;
  #ties = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  at(timeMs: number, callback: () => void): void {
    this.#timers.push(timeMs, this.#ties++, callback, false);
  }

  goTo(timeMs: number): void {
    while (this.#timers.nextMs <= timeMs) {
      this.#nowMs = this.#timers.nextMs;
      this.#timers.pop()();
    }
    this.#nowMs = timeMs;
  }
}

class Harness {
  readonly time = new ManualTime();
  readonly group: KafkaGroup;
  readonly joined = new Map<string, JoinAnswer | Refusal>();
  readonly assigned = new Map<string, Assignment | Refusal>();

  constructor(initialRebalanceDelayMs = 0) {
    this.group = new KafkaGroup(this.time, {
      initialRebalanceDelayMs,
      newMemberId: (clientId) => clientId,
    });
  }

  join(name: string, isNew = false): void {
    const request = { clientId: name, sessionTimeoutMs: 1_000, rebalanceTimeoutMs: 5_000, topics: ['t'] };
    if (isNew) this.group.join({ ...request, memberId: '' }, (answer) => this.joined.set(name, answer));
    this.joined.delete(name);
    this.group.join({ ...request, memberId: name }, (answer) => this.joined.set(name, answer));
    this.time.goTo(this.time.nowMs());
  }

  enter(name: string): void {
    this.join(name, true);
  }

  sync(name: string, assignments: ReadonlyMap<string, Assignment> = new Map()): void {
    const { generation } = this.group;
    this.assigned.delete(name);
    this.group.sync(name, generation, assignments, (answer) => this.assigned.set(name, answer));
  }

  /** A and B in generation 2, each with one partition. */
  static stable(): Harness {
    const harness = new Harness();
    harness.enter('A');
    harness.sync('A', of({ A: [0, 1] }));
    harness.enter('B');
    harness.join('A');
    harness.sync('B');
    harness.sync('A', of({ A: [0], B: [1] }));
    return harness;
  }
}

function of(assigned: Readonly<Record<string, readonly number[]>>): Map<string, Assignment> {
  return new Map(Object.entries(assigned).map(([member, partitions]) => [member, new Map([['t', partitions]])]));
}

const refused = (code: BrokerErrorCode) => new Refusal(code);

describe('a group', () => {
  it('should tell a new member its id first, and let it in with that', () => {
    const { group } = new Harness();
    let answer: unknown;
    const request = { clientId: 'A', sessionTimeoutMs: 1_000, rebalanceTimeoutMs: 5_000, topics: ['t'] };
    group.join({ ...request, memberId: '' }, (given) => (answer = given));
    expect(answer).toEqual(new Refusal('MEMBER_ID_REQUIRED', 'A'));
    group.join({ ...request, memberId: 'Z' }, (given) => (answer = given));
    expect(answer).toEqual(new Refusal('UNKNOWN_MEMBER_ID'));
  });

  it('should wait for all known members when one joins, and raise the epoch once', () => {
    const harness = new Harness();
    harness.enter('A');
    harness.sync('A', of({ A: [0, 1] }));
    expect(harness.group.generation).toBe(1);
    harness.enter('B');
    expect(harness.joined.has('B')).toBe(false);
    expect(harness.group.heartbeat('A', 1)).toEqual(new Refusal('REBALANCE_IN_PROGRESS'));
    harness.join('A');
    expect(harness.joined.get('B')).toMatchObject({ generation: 2, leaderId: 'A', members: [], size: 2 });
    expect(harness.joined.get('A')).toMatchObject({ generation: 2, members: ['A', 'B'] });
    harness.sync('B');
    expect(harness.assigned.has('B')).toBe(false);
    harness.sync('A', of({ A: [0], B: [1] }));
    expect(harness.assigned.get('B')).toEqual(new Map([['t', [1]]]));
    expect(harness.group.state).toBe('stable');
  });

  it('should put out a member that is not heard of within its session time-out, and only then', () => {
    const harness = Harness.stable();
    harness.time.goTo(900);
    expect(harness.group.heartbeat('A', 2)).toBeNull();
    harness.time.goTo(999);
    expect(harness.group.memberIds).toEqual(['A', 'B']);
    harness.time.goTo(1_000);
    expect(harness.group.memberIds).toEqual(['A']);
    expect(harness.group.heartbeat('B', 2)).toEqual(refused('UNKNOWN_MEMBER_ID'));
    expect(harness.group.commit('B', 2, [])).toEqual(refused('UNKNOWN_MEMBER_ID'));
    expect(harness.group.heartbeat('A', 2)).toEqual(refused('REBALANCE_IN_PROGRESS'));
    harness.join('A');
    expect(harness.group.generation).toBe(3);
  });

  it('should go on without a member that heartbeats but does not join within the rebalance time-out', () => {
    const harness = Harness.stable();
    harness.enter('C');
    harness.join('A');
    for (let ms = 500; ms < 5_000; ms += 500) {
      harness.time.goTo(ms);
      expect(harness.group.heartbeat('B', 2)).toEqual(refused('REBALANCE_IN_PROGRESS'));
    }
    harness.time.goTo(5_000);
    expect(harness.group.memberIds).toEqual(['A', 'C']);
    expect(harness.joined.get('A')).toMatchObject({ generation: 3 });
  });

  it('should take a commit of the generation that holds, also while others are awaited, and of no other', () => {
    const harness = Harness.stable();
    const position = { topic: 't', partition: 1, offset: 7 };
    expect(harness.group.commit('B', 1, [position])).toEqual(refused('ILLEGAL_GENERATION'));
    harness.enter('C');
    expect(harness.group.commit('B', 2, [position])).toBeNull();
    expect(harness.group.committed('t', 1)).toBe(7);
    harness.join('A');
    harness.join('B');
    expect(harness.group.commit('B', 3, [{ ...position, offset: 9 }])).toEqual(refused('REBALANCE_IN_PROGRESS'));
    expect(harness.group.committed('t', 1)).toBe(7);
  });

  it('should tell a follower that joins again without need what it knows, and rebalance for the leader', () => {
    const harness = Harness.stable();
    harness.join('B');
    expect(harness.joined.get('B')).toMatchObject({ generation: 2 });
    expect(harness.group.state).toBe('stable');
    harness.join('A');
    expect(harness.group.state).toBe('preparing');
    harness.join('B');
    expect(harness.joined.get('A')).toMatchObject({ generation: 3 });
  });

  it('should choose another leader when the leader leaves', () => {
    const harness = Harness.stable();
    harness.group.leave('A');
    harness.join('B');
    expect(harness.joined.get('B')).toMatchObject({ generation: 3, leaderId: 'B', members: ['B'] });
  });

  it('should call those who wait for the assignment back when somebody else joins', () => {
    const harness = new Harness();
    harness.enter('A');
    harness.sync('A', of({ A: [0] }));
    harness.enter('B');
    harness.join('A');
    harness.sync('B');
    harness.enter('C');
    expect(harness.assigned.get('B')).toEqual(refused('REBALANCE_IN_PROGRESS'));
  });

  it('should wait for the initial delay in an empty group', () => {
    const harness = new Harness(300);
    harness.enter('A');
    harness.time.goTo(200);
    harness.enter('B');
    expect(harness.joined.size).toBe(0);
    harness.time.goTo(300);
    expect(harness.joined.get('A')).toMatchObject({ generation: 1, members: ['A', 'B'] });
  });

  it('should keep members, epoch and commits over a crash, and begin all sessions anew', () => {
    const harness = Harness.stable();
    harness.group.commit('A', 2, [{ topic: 't', partition: 0, offset: 3 }]);
    harness.group.crash();
    harness.time.goTo(10_000);
    harness.group.recover();
    harness.time.goTo(10_900);
    expect(harness.group.heartbeat('A', 2)).toBeNull();
    expect(harness.group.committed('t', 0)).toBe(3);
    harness.time.goTo(11_000);
    expect(harness.group.memberIds).toEqual(['A']);
  });
});

describe('a rebalance', () => {
  it('should end with the assignment as the leader made it, whoever had a partition before', () => {
    const harness = new Harness();
    harness.enter('A');
    harness.sync('A', of({ A: [0, 1, 2] }));
    harness.enter('B');
    harness.join('A');
    harness.sync('B');
    harness.sync('A', of({ A: [0, 1], B: [2] }));
    expect(harness.assigned.get('B')).toEqual(new Map([['t', [2]]]));
  });
});
