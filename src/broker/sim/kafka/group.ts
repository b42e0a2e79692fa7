/**
 * The coordinator of one consumer group, by the classic protocol: members join, the leader among them divides the
 * partitions, all sync, and heartbeat until something changes. A join that changes the group makes all others join
 * again (they learn it from their heartbeats); the generation then rises by one. A member that sends nothing within its
 * session time-out is removed, and so is one that does not join again within the rebalance time-out.
 *
 * States: `empty`; `preparing`, while members have to join again; `completing`, once all have joined, until the
 * leader's assignment comes; `stable`.
 */
import { noPartitions, type Assignment } from './assignment.js';
import { CommittedPositions, type CommittedPosition } from './committed-positions.js';
import { Refusal } from './errors.js';
import type { JoinAnswer, JoinRequest } from './join.js';
import { LazyTimer, type Moments } from './client/timer.js';

export interface GroupSettings {
  /** How long the first join of an empty group waits for others. */
  readonly initialRebalanceDelayMs: number;
  /** Makes a new member's id from its client id. */
  readonly newMemberId: (clientId: string) => string;
}

type JoinReply = (answer: JoinAnswer | Refusal) => void;
type SyncReply = (answer: Assignment | Refusal) => void;

interface Member {
  readonly id: string;
  readonly session: LazyTimer;
  request: JoinRequest;
  joining: JoinReply | null;
  syncing: SyncReply | null;
  assignment: Assignment;
}

export class KafkaGroup {
  readonly #time: Moments;
  readonly #settings: GroupSettings;
  readonly #members = new Map<string, Member>();
  /** Ids given out to new members that have not joined with them yet. */
  readonly #pendingIds = new Set<string>();
  readonly #rebalance: LazyTimer;
  #state: 'empty' | 'preparing' | 'completing' | 'stable' = 'empty';
  #generation = 0;
  #leaderId = '';
  /** True while a preparing group waits for its first members, not for known ones to join again. */
  #isInitialDelay = false;
  readonly #committed = new CommittedPositions();

  constructor(time: Moments, settings: GroupSettings) {
    this.#time = time;
    this.#settings = settings;
    this.#rebalance = new LazyTimer(time, () => this.#rebalanceTimedOut());
  }

  get state(): string {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  get memberIds(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** The assignment of a member in the present generation. */
  assignmentOf(memberId: string): Assignment {
    return this.#members.get(memberId)?.assignment ?? noPartitions;
  }

  join(request: JoinRequest, reply: JoinReply): void {
    if (request.memberId === '') {
      const memberId = this.#settings.newMemberId(request.clientId);
      this.#pendingIds.add(memberId);
      reply(new Refusal('MEMBER_ID_REQUIRED', memberId));
      return;
    }
    const member = this.#members.get(request.memberId);
    if (member !== undefined) this.#joinAgain(member, request, reply);
    else if (this.#pendingIds.delete(request.memberId)) this.#joinNew(request, reply);
    else reply(new Refusal('UNKNOWN_MEMBER_ID'));
  }

  sync(memberId: string, generation: number, assignments: ReadonlyMap<string, Assignment>, reply: SyncReply): void {
    const refusal = this.#refusalFor(memberId, generation);
    if (refusal !== null || this.#state === 'preparing') {
      reply(refusal ?? new Refusal('REBALANCE_IN_PROGRESS'));
      return;
    }
    const member = this.#members.get(memberId)!;
    this.#heard(member);
    if (this.#state === 'stable') {
      reply(member.assignment);
      return;
    }
    member.syncing = reply;
    if (memberId === this.#leaderId) this.#complete(assignments);
  }

  heartbeat(memberId: string, generation: number): Refusal | null {
    const refusal = this.#refusalFor(memberId, generation);
    if (refusal !== null) return refusal;
    this.#heard(this.#members.get(memberId)!);
    return this.#state === 'preparing' ? new Refusal('REBALANCE_IN_PROGRESS') : null;
  }

  leave(memberId: string): void {
    this.#pendingIds.delete(memberId);
    const member = this.#members.get(memberId);
    if (member !== undefined) this.#remove(member);
  }

  /** Commits positions: for each partition the offset from which its next owner is to read. null: committed. */
  commit(memberId: string, generation: number, positions: readonly CommittedPosition[]): Refusal | null {
    const refusal = this.#refusalFor(memberId, generation);
    if (refusal !== null) return refusal;
    if (this.#state === 'completing') return new Refusal('REBALANCE_IN_PROGRESS');
    this.#heard(this.#members.get(memberId)!);
    this.#committed.set(positions);
    return null;
  }

  /** The committed offset of a partition; null: never committed. */
  committed(topic: string, partition: number): number | null {
    return this.#committed.of(topic, partition);
  }

  /**
   * The broker died: members that waited for an answer get none, and session time-outs stop. Members and commits are
   * kept, since they are in the log; a rebalance under way is lost.
   */
  crash(): void {
    this.#rebalance.clear();
    this.#pendingIds.clear();
    for (const member of this.#members.values()) {
      member.session.clear();
      member.joining = null;
      member.syncing = null;
    }
  }

  /** The broker is back: the sessions of all members begin anew. */
  recover(): void {
    if (this.#members.size === 0) return;
    if (this.#state !== 'stable') this.#prepare();
    for (const member of this.#members.values()) this.#heard(member);
  }

  #joinNew(request: JoinRequest, reply: JoinReply): void {
    const id = request.memberId;
    const member: Member = {
      id,
      session: new LazyTimer(this.#time, () => this.#remove(member)),
      request,
      joining: reply,
      syncing: null,
      assignment: noPartitions,
    };
    if (this.#members.size === 0) this.#leaderId = id;
    this.#members.set(id, member);
    if (this.#state === 'preparing') this.#completeJoinIfAllAreHere();
    else this.#prepare();
  }

  /** A known member joins again. A follower in a stable group with unchanged topics gets the same answer as before. */
  #joinAgain(member: Member, request: JoinRequest, reply: JoinReply): void {
    const isChange = member.id === this.#leaderId || request.topics.join() !== member.request.topics.join();
    member.request = request;
    if (this.#state === 'completing' || (this.#state === 'stable' && !isChange)) {
      this.#heard(member);
      reply(this.#answerTo(member));
      return;
    }
    member.session.clear();
    member.joining = reply;
    if (this.#state === 'preparing') this.#completeJoinIfAllAreHere();
    else this.#prepare();
  }

  /** Makes all members join again. Members that wait for the assignment are told so at once. */
  #prepare(): void {
    this.#isInitialDelay = this.#state === 'empty';
    this.#state = 'preparing';
    for (const member of this.#members.values()) {
      const { syncing } = member;
      member.syncing = null;
      syncing?.(new Refusal('REBALANCE_IN_PROGRESS'));
    }
    const patienceMs = this.#isInitialDelay
      ? this.#settings.initialRebalanceDelayMs
      : Math.max(...[...this.#members.values()].map(({ request }) => request.rebalanceTimeoutMs));
    this.#rebalance.set(this.#time.nowMs() + patienceMs);
    if (!this.#isInitialDelay) this.#completeJoinIfAllAreHere();
  }

  #completeJoinIfAllAreHere(): void {
    if (this.#isInitialDelay || this.#pendingIds.size > 0) return;
    for (const member of this.#members.values()) if (member.joining === null) return;
    this.#completeJoin();
  }

  /** Removes the members that have not joined again in time. */
  #rebalanceTimedOut(): void {
    this.#isInitialDelay = false;
    for (const member of [...this.#members.values()]) if (member.joining === null) this.#forget(member);
    this.#completeJoin();
  }

  #completeJoin(): void {
    this.#rebalance.clear();
    this.#generation++;
    if (this.#members.size === 0) {
      this.#state = 'empty';
      return;
    }
    this.#state = 'completing';
    for (const member of this.#members.values()) {
      const { joining } = member;
      member.joining = null;
      member.assignment = noPartitions;
      this.#heard(member);
      joining?.(this.#answerTo(member));
    }
  }

  #answerTo(member: Member): JoinAnswer {
    return {
      generation: this.#generation,
      memberId: member.id,
      leaderId: this.#leaderId,
      members: member.id === this.#leaderId ? this.memberIds : [],
      size: this.#members.size,
    };
  }

  /** Hands out the leader's assignment, which replaces all assignments before. */
  #complete(assignments: ReadonlyMap<string, Assignment>): void {
    this.#state = 'stable';
    for (const member of this.#members.values()) {
      member.assignment = assignments.get(member.id) ?? noPartitions;
      const { syncing } = member;
      member.syncing = null;
      syncing?.(member.assignment);
    }
  }

  #remove(member: Member): void {
    this.#forget(member);
    switch (this.#state) {
      case 'preparing':
        if (this.#members.size === 0) this.#completeJoin();
        else this.#completeJoinIfAllAreHere();
        break;
      case 'completing':
      case 'stable':
        if (this.#members.size === 0) this.#completeJoin();
        else this.#prepare();
        break;
      case 'empty':
        break;
    }
  }

  #forget(member: Member): void {
    member.session.clear();
    this.#members.delete(member.id);
    if (this.#leaderId === member.id) this.#leaderId = this.memberIds[0] ?? '';
    member.joining?.(new Refusal('UNKNOWN_MEMBER_ID'));
    member.syncing?.(new Refusal('UNKNOWN_MEMBER_ID'));
  }

  /** Restarts a member's session time-out, unless it waits for others to join: then it has none. */
  #heard(member: Member): void {
    if (member.joining !== null) return;
    member.session.set(this.#time.nowMs() + member.request.sessionTimeoutMs);
  }

  #refusalFor(memberId: string, generation: number): Refusal | null {
    if (!this.#members.has(memberId)) return new Refusal('UNKNOWN_MEMBER_ID');
    return generation === this.#generation ? null : new Refusal('ILLEGAL_GENERATION');
  }
}
