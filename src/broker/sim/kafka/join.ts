/** Declares the request of a member that joins its group, and the coordinator's answer. */

export interface JoinRequest {
  /** Empty: a new member. */
  readonly memberId: string;
  readonly clientId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly topics: readonly string[];
}

export interface JoinAnswer {
  readonly generation: number;
  readonly memberId: string;
  readonly leaderId: string;
  /** The ids of all members, for the leader; empty for others. */
  readonly members: readonly string[];
  /** Number of members. */
  readonly size: number;
}
